"""One report, or all of a period's: which files there are, what they hold, and how they come into a folder all at once."""

import os
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from crawlers.oserror import said
from scoring.disclosure import Disclosure, Extent
from scoring.errors import BadInput, Refused
from scoring.model import Role
from scoring.services import export_files, results
from scoring.services.report import badge, charts, fonts, material, overall, sheets, slides, unit_report, web, word
from scoring.services.report.drawing import Drawing
from scoring.services.report.facts import GroupFacts, facts
from scoring.services.report.kinds import Kind
from scoring.services.report.material import Material
from scoring.services.report.text import clean
from scoring.services.workspace import Workspace

OWN = (Kind.UNIT, Kind.PROBLEMS, Kind.SCORES)
"""What can be written of one unit alone."""
_UNFIT = '<>:"/\\|?*'
Done = Callable[[str], None]


def offered(disclosure: Disclosure, *, units: bool) -> list[Kind]:
    """The kinds that a 发布口径 leaves something to tell of. `units`: whether there are units that may have a report of their own."""
    without = set() if disclosure.scored else {Kind.PROBLEMS, Kind.CHARTS}
    if disclosure.extent is Extent.OWN:
        without |= {Kind.BADGES, Kind.SCORES}
    return [kind for kind in Kind if kind not in without and (units or kind is not Kind.UNIT)]


@dataclass
class Press:
    """Makes the reports of one published period for one role. `given`: fonts as 角色=字体名.

    Raises BadInput, NotPermitted when the period or the fonts cannot be used.
    """

    ws: Workspace
    period: str
    role: Role
    given: Sequence[str] = ()
    notes: list[str] = field(default_factory=list)
    """What had to be left out, one line each."""

    def __post_init__(self) -> None:
        self.material = material.load(self.ws, self.period, role=self.role)
        self.fonts = fonts.settings(word.folder(self.ws), self.given)
        self._picture = fonts.picture_font(self.fonts)
        if self._picture is None:
            self.notes.append(fonts.NO_FONT)

    @cached_property
    def facts(self) -> tuple[GroupFacts, ...]:
        """The facts of every group."""
        return tuple(facts(group) for group in self.material.groups)

    @property
    def name(self) -> str:
        """What files are named after: 2026年二季度, with its revision when there are several."""
        period = self.material.period
        return _fit(f"{clean(period.title)}{'' if period.revision in (1, None) else f'-第{period.revision}版'}")

    @cached_property
    def units(self) -> dict[str, str]:
        """Names by id of the units that may have a 分报告."""
        return material.units_of(self.ws, self.period, role=self.role)

    @cached_property
    def offered(self) -> list[Kind]:
        """The kinds that this period's 发布口径 leaves something to tell of."""
        return offered(self.material.period.disclosure, units=bool(self.units))

    def make(self, kind: Kind, unit: str = "", done: Done = lambda _: None) -> dict[str, bytes]:
        """The files of a kind by relative path; `unit`: of this unit alone. Raises Refused, BadInput with one line."""
        if kind not in self.offered and not (unit in self.units and kind in OWN):
            raise Refused(f"评估期次 {self.material.period.id} 的发布口径为{self.material.period.disclosure.zh}，没有可以写进{kind.zh}的内容")
        if unit and kind not in (*OWN, Kind.BADGES):
            raise BadInput(f"{kind.zh}说的是整个评估期次，不能只要一个单位的")
        at = self.material.period.published_at
        if kind is Kind.OVERALL:
            return {f"{self.name}-总报告.docx": word.document(self.ws, "总报告.docx", overall.overall(self.material, self.facts, self._draw), self.fonts, at)}
        if kind is Kind.CIRCULAR:
            return {f"{self.name}-通报.docx": word.document(self.ws, "通报.docx", overall.circular(self.material, self.facts), self.fonts, at)}
        if kind is Kind.UNIT:
            return {name: content for one in ([unit] if unit else self.units) for name, content in self._unit(one, done)}
        if kind is Kind.SLIDES:
            return {f"{self.name}-演示文稿.pptx": slides.slides(self.material, self.facts, self.fonts)}
        if kind is Kind.CHARTS:
            return dict(self._charts())
        if kind is Kind.WEB:
            return {f"{self.name}-静态网页/{name}": content for name, content in self._web(done).items()}
        if kind is Kind.BADGES:
            return dict(self._badges(unit))
        source = self._of_unit(unit) if unit else self.material
        table = sheets.problem_list(source, unit) if kind is Kind.PROBLEMS else sheets.score_detail(source, unit)
        who = f"-{_fit(clean(source.names[unit]))}" if unit else ""
        return {f"{self.name}{who}-{'问题清单与整改链接表' if kind is Kind.PROBLEMS else kind.zh}.xlsx": table}

    def _unit(self, unit: str, done: Done) -> Iterator[tuple[str, bytes]]:
        source = self._of_unit(unit)
        plan = material.fixes_of(self.ws, source, unit, role=self.role)
        content = word.document(self.ws, "分报告.docx", unit_report.unit_report(source, unit, plan, self._draw), self.fonts, self.material.period.published_at)
        done(unit)
        yield f"分报告/{self.name}-{_fit(clean(source.names[unit]))}-{_fit(unit)}.docx", content

    def _of_unit(self, unit: str) -> Material:
        return material.of_unit(self.ws, self.material, unit, role=self.role)

    def _charts(self) -> Iterator[tuple[str, bytes]]:
        simulated = self.material.simulated
        drawn: list[tuple[str, Drawing]] = [("各分组平均分", charts.groups(self.facts, simulated=simulated))] if len(self.facts) > 1 else []
        kinds = {"排名": charts.ranking, "分布": charts.distribution, "一级指标": charts.boards, "短板": charts.shortfalls, "维度": charts.dimensions}
        drawn += [(f"{one.name}-{name}", make(one, simulated=simulated)) for one in self.facts for name, make in kinds.items()]
        for name, drawing in drawn:
            yield f"图表/{self.name}-{_fit(name)}.svg", drawing.svg().encode()
            if self._picture:
                yield f"图表/{self.name}-{_fit(name)}.png", drawing.png(self._picture)

    def _badges(self, unit: str) -> Iterator[tuple[str, bytes]]:
        if unit and unit not in self.material.names:
            raise BadInput(f"评估期次 {self.material.period.id} 公布的结果中没有单位 {unit}")
        for one in [unit] if unit else list(self.material.names):
            yield f"徽标/{_fit(one)}.svg", badge.badge(self.material, one).encode()

    def _web(self, done: Done) -> Mapping[str, bytes]:
        path = results.file(self.ws, self.material.period.ref)
        return web.pages(
            self.material,
            self.facts,
            lambda unit: material.fixes_of(self.ws, self.material, unit, role=self.role),
            export_files.note_of(path),
            path.name,
            done,
        )

    def _draw(self, drawing: Drawing) -> Any:
        return word.Picture(drawing.png(self._picture)) if self._picture else None


def write(press: Press, out: Path, kinds: Collection[Kind], unit: str = "", done: Done = lambda _: None) -> list[Path]:
    """Write reports into a folder that is new or empty, all of them or none; returns what was written. Raises BadInput, Refused with one line."""
    try:
        if out.is_dir() and any(out.iterdir()):
            raise Refused(f"目录 {out} 不是空的，不会覆盖，请换一个目录")
        if out.exists() and not out.is_dir():
            raise BadInput(f"{out} 不是目录，请换一个路径")
        out.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{out.name}-", dir=out.parent) as draft:
            inside = Path(draft) / "reports"
            inside.mkdir(mode=0o755)
            names = [name for kind in kinds for name in _written(inside, press.make(kind, unit, done))]
            if out.is_dir():
                out.rmdir()
            os.replace(inside, out)  # noqa: PTH105 - of a folder: all at once
    except OSError as error:
        raise BadInput(f"无法写入 {out}（{said(error)}），请检查路径和权限") from error
    return [out / name for name in names]


def packed(files: Mapping[str, bytes]) -> bytes:
    """Files as one zip, for a download of several."""
    return export_files.pack(files)


def _written(folder: Path, files: Mapping[str, bytes]) -> Iterator[str]:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        yield name


def _fit(name: str) -> str:
    """A part of a file's name on any system."""
    return "".join("-" if char in _UNFIT else char for char in name).strip(" .")[:60] or "未命名"
