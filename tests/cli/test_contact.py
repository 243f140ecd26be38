"""Real sites are asked with an address to complain to, or with one line that says that there is none."""

from pathlib import Path

import pytest

from crawlers.contact import PLACEHOLDER, VARIABLE, contact_of, is_set
from crawlers.fetch import AGENT, user_agent
from scoring.cli import run
from tests.cli.test_bad_input import register

LINE = "未设置联系地址"


@pytest.fixture(autouse=True)
def nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setenv("DISCLOSURE_HOME", str(tmp_path / "home"))


def real(folder: Path, **more: object) -> str:
    """A site list with a real site that cannot be found."""
    return register(folder, sites=[{"id": "s", "home": "http://s.invalid/", "timeout": 1, "rate": 20}], **more)


def said(command: list[str], capsys: pytest.CaptureFixture[str]) -> list[str]:
    run(command)
    return [line for line in capsys.readouterr().err.splitlines() if LINE in line]


@pytest.mark.parametrize("contact", ["", PLACEHOLDER])
def test_a_crawl_without_a_contact_says_so_in_one_line(
    contact: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    command = ["crawl", "--sites", real(tmp_path, contact=contact), "--workers", "0", "--no-browser"]
    (line,) = said(command, capsys)
    assert VARIABLE in line and "contact:" in line
    monkeypatch.setenv(VARIABLE, "mailto:a@town.example")
    assert said([*command, "--edition", "ningbo-2020"], capsys) == []


def test_a_crawl_with_a_contact_or_of_this_machine_says_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(["crawl", "--sites", real(tmp_path, contact="mailto:a@town.example"), "--workers", "0", "--no-browser"], capsys) == []
    here = register(tmp_path, sites=[{"id": "s", "home": "http://127.0.0.1:9/", "loopback": True, "timeout": 1, "rate": 0}])
    assert said(["crawl", "--sites", here, "--workers", "0", "--no-browser"], capsys) == []


def test_looking_at_one_address_says_so_too(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    commands = [["check", "http://s.invalid/"], ["inspect", "http://s.invalid/"]]
    assert [len(said(one, capsys)) for one in commands] == [1, 1]
    assert [len(said([one[0], "http://127.0.0.1:9/", "--allow-loopback"], capsys)) for one in commands] == [0, 0]
    monkeypatch.setenv(VARIABLE, "mailto:a@town.example")
    assert [len(said(one, capsys)) for one in commands] == [0, 0]


def test_the_site_list_counts_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not is_set(contact_of(""))
    assert not is_set(contact_of(PLACEHOLDER))
    monkeypatch.setenv(VARIABLE, "mailto:env@town.example")
    assert contact_of("mailto:list@town.example") == "mailto:list@town.example"
    assert contact_of("") == contact_of(PLACEHOLDER) == "mailto:env@town.example"


def test_a_contact_that_no_header_can_hold_is_encoded() -> None:
    assert user_agent("市政府办公室 a@town.example\r\nX: y") == f"{AGENT} (+%E5%B8%82%E6%94%BF%E5%BA%9C%E5%8A%9E%E5%85%AC%E5%AE%A4 a@town.example%0D%0AX: y)"
