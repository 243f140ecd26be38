"""requirements.lock: exact, complete on every platform, and within the ranges of pyproject.toml."""

import importlib.metadata
import itertools
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.project.checkout import ROOT

PYTHONS = ("3.11", "3.12", "3.13")
PLATFORMS = (("linux", "Linux", "posix"), ("darwin", "Darwin", "posix"), ("win32", "Windows", "nt"))


def _lines() -> list[str]:
    return [line for line in (ROOT / "requirements.lock").read_text("utf-8").splitlines() if line and not line.startswith("#")]


def _pins() -> dict[str, Requirement]:
    return {canonicalize_name(pin.name): pin for pin in map(Requirement, _lines())}


def _wanted() -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    lines = [*project["dependencies"], *(line for extra in project["optional-dependencies"].values() for line in extra)]
    return [wanted for line in lines if (wanted := Requirement(line)).name != project["name"]]


def _environments() -> list[dict[str, str]]:
    return [
        {"python_version": python, "python_full_version": f"{python}.0", "sys_platform": name, "platform_system": system, "os_name": os, "extra": ""}
        for python, (name, system, os) in itertools.product(PYTHONS, PLATFORMS)
    ]


def test_every_line_is_one_exact_version_without_an_address() -> None:
    for line in _lines():
        pin = Requirement(line)
        assert pin.url is None, line
        assert [one.operator for one in pin.specifier] == ["=="], line
        assert "*" not in str(pin.specifier), line
    text = (ROOT / "requirements.lock").read_text("utf-8")
    assert "://" not in text
    assert not [line for line in text.splitlines() if line.startswith("-")]


def test_names_are_unique() -> None:
    assert len(_pins()) == len(_lines())


@pytest.mark.parametrize("wanted", _wanted(), ids=lambda wanted: wanted.name)
def test_a_declared_dependency_is_pinned_within_its_range(wanted: Requirement) -> None:
    version = next(iter(_pins()[canonicalize_name(wanted.name)].specifier)).version
    assert wanted.specifier.contains(version)


def test_what_the_pins_need_is_pinned_on_every_platform() -> None:
    pins = _pins()
    lacking = set()
    for name in pins:
        try:
            needs = importlib.metadata.requires(name) or []
        except importlib.metadata.PackageNotFoundError:
            continue  # pinned for another platform
        for need in map(Requirement, needs):
            relevant = need.marker is None or any(need.marker.evaluate(environment) for environment in _environments())
            if relevant and canonicalize_name(need.name) not in pins:
                lacking.add(f"{name} needs {need}")
    assert not lacking


def test_installed_versions_are_the_locked_ones() -> None:
    differing = {}
    for name, pin in _pins().items():
        if pin.marker is not None and not pin.marker.evaluate():
            continue
        try:
            installed = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            installed = "absent"
        if name != "setuptools" and not pin.specifier.contains(installed):
            differing[name] = installed
    assert not differing, "run: make install"
