"""The site lists that ship load, and say what the registry of real bodies says."""

import csv
import re
from pathlib import Path

import pytest

from crawlers.register import Register, load_register
from crawlers.status import ScopeKind
from tests.project.checkout import ROOT

SITES = ROOT / "data" / "sites"
REGISTRY = ROOT.parent / "shared" / "registry.csv"
CITIES = {"ningbo": "宁波市", "yantai": "烟台市"}
FASTEST_ALLOWED = 1.0


def _register(city: str) -> Register:
    return load_register(SITES / f"{city}.yml")


def _facts(city: str) -> list[dict[str, str]]:
    if not REGISTRY.exists():
        pytest.skip(f"{REGISTRY} is not there: the registry lives outside the project")
    with REGISTRY.open(encoding="utf-8", newline="") as lines:
        return [row for row in csv.DictReader(lines) if CITIES[city] in (row["name"], row["parent"])]


@pytest.mark.parametrize("path", sorted(SITES.glob("*.yml")), ids=lambda path: path.stem)
def test_a_register_is_polite_and_signed(path: Path) -> None:
    register = load_register(path)
    assert not register.simulated
    assert register.contact.isascii()
    assert register.contact
    assert all(site.rate <= FASTEST_ALLOWED and not site.loopback for site in register.sites)


@pytest.mark.parametrize("city", CITIES)
def test_a_register_equals_the_registry(city: str) -> None:
    register = _register(city)
    homes = {site.id: site.home for site in register.sites}
    sites = {scope.unit: homes[scope.site] for scope in register.scopes if scope.kind is ScopeKind.SITE}
    names = {unit.id: unit.name for unit in register.units}
    stated = [(unit.name, unit.level, names.get(unit.parent, ""), unit.group, str(unit.order), sites[unit.id]) for unit in register.units]
    facts = _facts(city)
    known = {row["name"] for row in facts}
    assert stated == [(row["name"], row["level"], row["parent"] if row["parent"] in known else "", row["group"], row["order"], row["url"]) for row in facts]


@pytest.mark.parametrize("city", CITIES)
def test_division_codes_beside_the_units_are_the_registry_s(city: str) -> None:
    beside = re.findall(r"name: (\S+), group.*# (\d{6})$", (SITES / f"{city}.yml").read_text("utf-8"), re.MULTILINE)
    assert beside == [(row["name"], row["adcode"]) for row in _facts(city)]


@pytest.mark.parametrize("city", CITIES)
def test_districts_have_the_duties_that_leaves_ask_for(city: str) -> None:
    for unit in _register(city).units:
        assert unit.duties == ("行政执法", "规范性文件", "对外服务")


@pytest.mark.parametrize("city", CITIES)
def test_every_site_is_a_host_group_of_its_own(city: str) -> None:
    register = _register(city)
    assert len(register.host_groups()) == len(register.sites)
