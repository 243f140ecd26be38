"""Scopes that match nothing: errors of the site list, never missing columns."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from crawlers.manifest import RunManifest
from crawlers.observation import ScopeObservation, SiteObservation, load
from crawlers.register import Register
from crawlers.status import FetchStatus, ScopeKind


@dataclass(frozen=True, slots=True)
class Unmatched:
    """One scope to which nothing on its site belongs."""

    unit: str
    name: str
    site: str
    kind: ScopeKind
    entry: str
    value: str

    def __str__(self) -> str:
        """The line that names it and says what to do."""
        what = f"{self.kind.zh}「{self.value}」" if self.value else self.kind.zh
        return f"范围没有匹配到任何页面：{self.name}（{self.unit}）在网站 {self.site} 的{what}，入口 {self.entry}；请核对站点清单（或 --scope）中该单位的范围，改正后重新采集"


def unmatched(site: SiteObservation, names: dict[str, str]) -> list[Unmatched]:
    """The scopes of a site that matched nothing; `names` by unit id. None of a site that could not be observed."""
    if site.status is not FetchStatus.OK:
        return []
    return [_named(site, view, names.get(view.unit, view.unit)) for view in site.scopes if not view.matched]


def unmatched_of_run(folder: Path, manifest: RunManifest, register: Register) -> Iterator[Unmatched]:
    """The same for every site of a run. Sites that are seen whole by their only units are not read again."""
    names = {unit.id: unit.name for unit in register.units}
    for site, result in manifest.sites.items():
        partial = any(scope.kind is not ScopeKind.SITE or scope.entry for scope in register.scopes_of(site))
        if partial and result.status is FetchStatus.OK:
            yield from unmatched(load(folder / "sites" / f"{site}.json"), names)


def _named(site: SiteObservation, view: ScopeObservation, name: str) -> Unmatched:
    return Unmatched(view.unit, name, site.site, view.kind, view.entry, view.value)
