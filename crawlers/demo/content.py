"""The YAML of the simulated sites as types: what each site publishes, and since when. Pages are a pure function of this, a path and a day."""

from datetime import date as Day  # noqa: N812
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from crawlers import yml

ROOT = Path(__file__).resolve().parent.parent.parent / "data" / "demo"
State = Literal["ok", "missing", "blank", "dead", "soft_404", "construction", "undated", "dated_inside", "error"]
LayoutName = Literal["trs", "jpage", "table", "plain", "script", "jpaas", "jpaas_form", "xxgk", "fjapi", "gkmlpt", "ucap", "comment", "jsarray", "dl"]


Flaw = Literal["short", "reasoned", "mute", "unexplained", "unanswered", "late", "unlinked", "one_way"]
"""What is wrong with a document of a day: a consultation of 29 days, one of 15 with its reason (which is right), without ways to answer, without explanation, without
its outcome; an interpretation two weeks late, one that does not link to its document, one that its document does not link to."""


class ContentError(ValueError):
    """The demo's YAML contradicts itself; the message names the file or key."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Entry(_Strict):
    """A document written out by hand. `since`: the day it appeared, when later than its date (疑似补录); `files`: names of what is attached."""

    date: Day
    title: str
    since: Day | None = None
    files: tuple[str, ...] = ()


class ColumnContent(_Strict):
    """What one column holds.

    `newest`: newest day of each period (null: nothing new in it); between them one item every `every` days, before the first `count` items in all.
    `elements` stand on its page, or in each of its documents, where `table` is the head of a table; `lost`: files that are linked and not there;
    `delay`: days from the decision that its documents tell of to their publication; `marked`: whether each normative document states its validity (else only some do);
    `unmasked`: a list of persons shows a number (of somebody who would be 126 years old) in full;
    `reports`: day of the annual report of each year; `text`: paragraphs of a page;
    `size`: rows a list page, when not the site's; `flaky`: empty when first asked for, right from then on; `undated`: no dates anywhere; `dated_inside`: dates in the articles only; `layout`: this column's own, when not the site's;
    `flaws`: the documents, by day, that are not as they should be.
    """

    name: str
    slug: str
    kind: Literal["list", "page", "entry", "section"] = "list"
    newest: tuple[Day | None, ...] = ()
    every: int = 30
    count: int = 8
    entries: dict[str, Entry | None] = {}
    reports: dict[int, Day | None] = {}
    size: int = 0
    flaky: bool = False
    state: State = "ok"
    elements: dict[str, str | None] = {}
    text: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    table: tuple[str, ...] = ()
    delay: int | None = None
    marked: bool | None = None
    unmasked: bool = False
    titles: tuple[str, ...] = ()
    publisher: str = ""
    layout: LayoutName | None = None
    flaws: dict[Day, Flaw] = {}


class SectionContent(_Strict):
    """A page of the first level and the columns that its menu lists; `key` when it is a required column itself; `under`: slug of the section it belongs to."""

    slug: str
    name: str
    columns: tuple[str, ...]
    key: str = ""
    under: str = ""
    state: State = "ok"


class HomeContent(_Strict):
    """What the home page shows: lists with their newest items, links of its own, and noise; whether its 无障碍 and 适老化 entries do anything."""

    lists: tuple[str, ...]
    links: tuple[str, ...] = ()
    shown: int = 7
    search: bool = True
    search_finds: bool = True
    sitemap: bool = True
    accessible: bool = True
    elderly: bool = True
    dead_links: tuple[str, ...] = ()
    noise: tuple[str, ...] = ()


class IdentityContent(_Strict):
    """Who the site says it is. An empty value leaves the tag or footer line out, `left_out` names tags of columns and articles that no page carries; `domain` empty: host:port of the server."""

    site_name: bool = True
    site_domain: bool = True
    police: bool = True
    conac: bool = True
    left_out: tuple[str, ...] = ()
    meta_id: str
    footer_id: str


class SiteContent(_Strict):
    """One simulated site as of one day."""

    id: str
    name: str
    short: str
    layout: LayoutName
    page_size: int = 15
    encoding: str = "utf-8"
    claims: str = "utf-8"
    date_style: Literal["iso", "bracket", "chinese", "dot"] = "iso"
    shield: bool = False
    colour: str = "#1f5a9e"
    sections: tuple[SectionContent, ...]
    columns: dict[str, ColumnContent]
    home: HomeContent
    identity: IdentityContent
    hosted: tuple["HostedContent", ...] = ()


class HostedContent(_Strict):
    """A department or town without a site of its own, and how the portal shows it."""

    id: str
    name: str
    kind: Literal["prefix", "subtree", "query", "field"]
    place: str
    columns: dict[str, ColumnContent]


def merged(base: Any, over: Any) -> Any:
    """Mappings are merged key by key, everything else is replaced."""
    if isinstance(base, dict) and isinstance(over, dict):
        return {key: merged(base[key], over[key]) if key in base and key in over else over.get(key, base.get(key)) for key in {**base, **over}}
    return over


def _states(raw: dict[str, Any]) -> dict[str, Any]:
    """`states: {missing: [a, b]}` is shorthand for `columns: {a: {state: missing} …}`."""
    spread = {key: {"state": state} for state, keys in raw.pop("states", {}).items() for key in keys}
    return merged({"columns": spread}, raw) if spread else raw


@cache
def _read(path: Path) -> Any:
    return yml.load(path.read_text("utf-8"))


def site_ids(root: Path) -> list[str]:
    """Sites that have a file of their own."""
    return sorted(path.stem for path in (root / "sites").glob("*.yml") if path.stem not in ("defaults", "departments", "titles", "profile-a", "profile-b"))


def load_site(root: Path, site: str, as_of: Day) -> SiteContent:
    """Defaults, then the site's profile, then the site, then its changes up to `as_of`. Raises ContentError or pydantic.ValidationError."""
    own = dict(_read(root / "sites" / f"{site}.yml"))
    changes, profile = own.pop("changes", []), own.pop("profile", None)
    layers = [_read(root / "sites" / f"{name}.yml") for name in ("defaults", profile) if name]
    layers += [own, *_in_force(changes, as_of)]
    raw = _merge(layers)
    raw["sections"] = _sections(raw["sections"], raw.pop("section_names", {}), raw.pop("section_states", {}))
    raw["hosted"] = [_hosted(root, dict(one), as_of) for one in raw.get("hosted", [])]
    if unknown := {key for section in raw["sections"] for key in section["columns"]} - set(raw["columns"]):
        raise ContentError(f"{site}.yml: 栏目 {'、'.join(sorted(unknown))} 没有内容")
    return SiteContent.model_validate({"id": site, **raw})


def _hosted(root: Path, own: dict[str, Any], as_of: Day) -> dict[str, Any]:
    changes = own.pop("changes", [])
    return _merge([_read(root / "sites" / "departments.yml"), own, *_in_force(changes, as_of)])


def _in_force(changes: list[dict[str, Any]], as_of: Day) -> list[dict[str, Any]]:
    return [{key: value for key, value in change.items() if key != "from"} for change in changes if change["from"] <= as_of]


def _merge(layers: list[dict[str, Any]]) -> dict[str, Any]:
    raw: dict[str, Any] = {}
    for layer in layers:
        raw = merged(raw, _states(dict(layer)))
    return raw


def _sections(sections: list[dict[str, Any]], names: dict[str, str], states: dict[str, str]) -> list[dict[str, Any]]:
    if unknown := {*names, *states} - {section["slug"] for section in sections}:
        raise ContentError(f"没有板块 {'、'.join(sorted(unknown))}")
    return [{**one, "name": names.get(one["slug"], one["name"]), "state": states.get(one["slug"], one.get("state", "ok"))} for one in sections]


def period_ends(root: Path) -> tuple[Day, ...]:
    """The days on which the three quarters are crawled."""
    return tuple(_read(root / "sites" / "titles.yml")["ends"])


class Wording(_Strict):
    """Title templates by column, and the topics that fill them."""

    ends: tuple[Day, ...]
    topics: tuple[str, ...]
    places: tuple[str, ...]
    titles: dict[str, tuple[str, ...]]


def wording(root: Path) -> Wording:
    """`data/demo/sites/titles.yml`."""
    return Wording.model_validate(_read(root / "sites" / "titles.yml"))
