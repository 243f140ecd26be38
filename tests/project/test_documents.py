"""README, CONTRIBUTING and CHANGELOG say what the project really has."""

import re
from pathlib import Path
from typing import Any

import pytest

from scoring import cli
from tests.project.checkout import ROOT

GUIDES = ("README.md", "CONTRIBUTING.md")
STEPS = ("a site", "a scope", "an indicator", "a rule", "a dialect", "a page")
STEP_LIMIT = 10


def _read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def _targets() -> set[str]:
    return set(re.findall(r"^([a-z][a-z-]*):", _read("Makefile"), re.MULTILINE))


@pytest.mark.parametrize("guide", GUIDES)
def test_every_make_command_named_is_a_target(guide: str) -> None:
    named = set(re.findall(r"\bmake ([a-z][a-z-]*)`", _read(guide))) | set(re.findall(r"^make ([a-z][a-z-]*)", _read(guide), re.MULTILINE))
    assert named
    assert named <= _targets()


def test_every_target_says_what_it_does() -> None:
    silent = {target for target in _targets() if not re.search(rf"^{target}:.* ## \S", _read("Makefile"), re.MULTILINE)}
    assert not silent


def _commands() -> dict[str, list[str]]:
    """Every command of the CLI, by its words after `disclosure`, with the long names of its options."""
    from typer.main import get_command

    found: dict[str, list[str]] = {}
    waiting: list[tuple[str, Any]] = [("", get_command(cli.app))]
    while waiting:
        path, command = waiting.pop()
        if hasattr(command, "commands"):
            waiting += [(f"{path} {name}".strip(), below) for name, below in command.commands.items() if not below.hidden]
            continue
        options = [one for one in command.params if one.param_type_name == "option" and not getattr(one, "hidden", False)]
        found[path] = [max(names, key=len) for one in options if "--help" not in one.opts for names in (one.opts, one.secondary_opts) if names]
    return found


def test_the_readme_names_every_command_and_option() -> None:
    readme = _read("README.md")
    lacking = [name for name in _commands() if name.split()[-1] not in readme or name.split()[0] not in readme]
    lacking += [f"{name} {option}" for name, options in _commands().items() for option in options if option not in readme]
    assert not lacking


def test_the_readme_names_no_option_that_does_not_exist() -> None:
    known = {option for options in _commands().values() for option in options}
    of_others = {"--no-deps", "--no-build-isolation", "--strict"}
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", _read("README.md")))
    assert not named - known - of_others


@pytest.mark.parametrize("step", STEPS)
def test_contributing_explains_each_addition_in_ten_lines(step: str) -> None:
    found = re.search(rf"^## Add {step}\n(.*?)(?=^## |\Z)", _read("CONTRIBUTING.md"), re.MULTILINE | re.DOTALL)
    assert found, f"CONTRIBUTING.md lacks “Add {step}”"
    assert 0 < len(found[1].strip().splitlines()) <= STEP_LIMIT


def test_the_changelog_has_a_heading_for_changes_of_scores() -> None:
    assert re.search(r"^### Score changes$", _read("CHANGELOG.md"), re.MULTILINE)


@pytest.mark.parametrize("guide", [*GUIDES, *(f"docs/manual/{path.name}" for path in sorted((ROOT / "docs" / "manual").glob("*.md")))])
def test_paths_and_links_lead_somewhere(guide: str) -> None:
    text, folder = _read(guide), (ROOT / guide).parent
    broken = [target for target in re.findall(r"\]\(([^)#\s]+)\)", text) if "://" not in target and not (folder / target).exists()]
    assert not broken


@pytest.mark.parametrize("manual", sorted((ROOT / "docs" / "manual").glob("*.md")), ids=lambda path: path.stem)
def test_every_name_a_manual_quotes_is_on_screen(manual: Path) -> None:
    words = [*(ROOT / "dashboard" / "strings").glob("*.py"), ROOT / "scoring" / "model.py"]
    on_screen = "".join(path.read_text("utf-8") for path in words)
    quoted = set(re.findall("“([^”]+)”", manual.read_text("utf-8")))
    assert quoted
    assert not {name for name in quoted if name not in on_screen}
