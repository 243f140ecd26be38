"""校验 of a published file: everything in it is computed again from its findings and editions alone; no database, no home, no network.

What lies in the file's base tables is held against marks, seals and digest (`scoring.services.canonical`), what follows from them against a new computation.
A file whose 摘要 was announced elsewhere (通报, 锁定记录) is also held against that.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pyarrow as pa

from scoring.disclosure import Extent
from scoring.errors import BadInput
from scoring.model import Edition
from scoring.parts import PartSource
from scoring.rollup.leaf import GIVEN
from scoring.services import book as books
from scoring.services import canonical, editions, publication, reading
from scoring.services.book import GroupBook
from scoring.services.collector import paused
from scoring.services.shapes import PeriodInfo
from scoring.store import findings, published
from scoring.store.catalogue import unit_of
from scoring.store.marked import checked_in
from scoring.store.published import Columns, PublishedFile

Row = Mapping[str, Any]

_SHOWN = {
    "total": "得分",
    "lower": "得分下限",
    "upper": "得分上限",
    "coverage": "覆盖率",
    "grade": "等次",
    "rank": "名次",
    "weight": "满分",
    "full": "满分",
    "summary": "本组统计",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that does not hold: of a unit and leaf where it can be told (else empty)."""

    unit: str
    code: str
    what: str
    unit_name: str = ""
    title: str = ""

    @property
    def said(self) -> str:
        """单位「指标」：what."""
        where = (self.unit_name or self.unit) + (f"「{self.title or self.code}」" if self.code else "")
        return f"{where}：{self.what}" if where else self.what


@dataclass(slots=True)
class Verdict:
    """What a verification found. `notes`: what it could not look at, in words."""

    path: Path
    period: PeriodInfo
    meta: Mapping[str, str]
    units: int = 0
    leaves: int = 0
    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """True when nothing differs."""
        return not self.faults


def verify(path: Path, *, digest: str = "", named: bool = True) -> Verdict:
    """Compute a published file anew. `digest`: the 摘要 it must have, at least 12 digits of it; `named`: its name must fit. Raises BadInput when it cannot be read."""
    with paused(), PublishedFile(path, keep=False) as file:
        return _verified(file, digest, named=named)


def _verified(file: PublishedFile, digest: str, *, named: bool) -> Verdict:
    period, meta = reading.header_of(file)
    verdict = Verdict(file.path, period, meta)
    groups = file.rows("SELECT * FROM period_group ORDER BY position")
    trees = {row["group_name"]: tree for row in groups if (tree := _edition(row, verdict))}
    verdict.units = file.rows("SELECT count(*) AS n FROM period_unit")[0]["n"]
    if period.disclosure.scored:
        _scored(file, verdict, groups, trees)
    else:
        _graded(file, verdict, trees)
    _names(verdict, digest, named=named)
    if period.disclosure.extent is not Extent.ALL:
        verdict.notes.append(f"发布口径为{period.disclosure.zh}，本文件只含口径以内的内容；全本摘要 {meta['digest']}，全本由评估单位保存")
    if period.disclosure.unit:
        verdict.notes.append("名次要与其他单位比较才能复算，须用全本核对")
    return verdict


def _edition(row: Row, verdict: Verdict) -> Edition | None:
    if hashlib.sha256(row["yaml"].encode()).hexdigest() != row["edition_sha"]:
        verdict.faults.append(Fault("", "", f"分组 {row['group_name']} 的指标体系 {row['edition_id']} 与其摘要不符，权重或规则被改动过"))
    try:
        return editions.from_text(row["yaml"])
    except BadInput as error:
        verdict.faults.append(Fault("", "", f"分组 {row['group_name']} 的指标体系不能加载（{error}），其中的单位无法复算"))
        return None


def _scored(file: PublishedFile, verdict: Verdict, groups: Sequence[Row], trees: Mapping[str, Edition]) -> None:
    unit_rows = file.rows("SELECT * FROM period_unit ORDER BY position, unit_id")
    with ThreadPoolExecutor(1) as beside:  # the database hashes every row while Python makes objects of them
        checking = beside.submit(checked_in, file)
        states = findings.bare(file, GIVEN)
        marks, changed = checking.result()
    given: list[books.Given] = []
    for row in groups:
        if tree := trees.get(row["group_name"]):
            units = [unit_of(one) for one in unit_rows if one["group_name"] == row["group_name"]]
            given.append(books.Given(verdict.period, row["group_name"], tree, units, {unit.id: states.get(unit.id, {}) for unit in units}))
            if verdict.period.disclosure.extent is Extent.ALL and len(units) != row["size"]:
                verdict.faults.append(Fault("", "", f"分组 {row['group_name']} 应有 {row['size']} 个单位，文件中有 {len(units)} 个"))
    made = _built(file, given, whole=verdict.period.disclosure.extent is Extent.ALL)
    if verdict.period.disclosure.extent is Extent.OWN:  # its rank is one among units that are not in the file
        made = [_ranked_as(book, dict(file.tuples("SELECT unit_id, rank FROM total")[1])) for book in made]
    names = {unit.id: unit.name for book in made for unit in book.units}
    codes = {
        book.group: {node.code: node.title for node in (*book.edition.leaves(), *(n for first in book.edition.index for n in first.walk()))} for book in made
    }
    titles = {unit.id: codes[book.group] for book in made for unit in book.units}
    standing = [(unit, code, mark) for unit, by_code in marks.items() for code, mark in by_code.items()]
    verdict.leaves = len(standing)

    def fault(unit: str, code: str, what: str) -> None:
        verdict.faults.append(Fault(unit, code, what, names.get(unit, ""), titles.get(unit, {}).get(code, "")))

    for unit, code, _ in standing:
        if code not in titles.get(unit, {}):
            fault(unit, code, "这一行评分结果不属于本期的单位或指标")
        elif (unit, code) in changed:
            fault(unit, code, "评分结果或核查记录与校验码不符，被改动过")
    sealed = canonical.seal(made, marks)
    digest, seals = sealed.digest, sealed.seals
    sizes = {row["group_name"]: row["size"] for row in groups}
    again = publication.tables_of(made, verdict.period.disclosure, None, seals, sizes)
    for table, keys in (("total", 1), ("node", 2), ("part_input", 3), ("period_group", 1)):
        for at, what in _differences(file, table, again[table], keys):
            whole = table == "period_group"
            fault("" if whole else at[0], at[1] if keys > 1 else "", f"分组 {at[0]} 的{what}" if whole else what)
    noticed = {one.unit for one in verdict.faults}
    for row in unit_rows:
        if row["seal"] != seals.get(row["unit_id"]) and row["unit_id"] not in noticed:
            fault(row["unit_id"], "", "名称、次序、职责等单位资料与定稿时不符，被改动过")
    if digest != verdict.meta["extract_digest"]:
        verdict.faults.append(Fault("", "", f"复算的摘要为 {digest}，与文件所载 {verdict.meta['extract_digest']} 不符"))
    if verdict.period.disclosure.extent is Extent.ALL and verdict.meta["digest"] != verdict.meta["extract_digest"]:
        verdict.faults.append(Fault("", "", f"文件载有两个不同的摘要：{verdict.meta['digest']} 与 {verdict.meta['extract_digest']}"))


def _built(file: PublishedFile, given: Sequence[books.Given], *, whole: bool) -> list[GroupBook]:
    """The books from the file. Where it holds the `whole`, composed units are composed anew of their children; else of what the file says went into them."""
    inputs = reading.inputs_of(file)
    if not whole:
        return books.build(given, inputs=inputs)
    imported = {part.code for one in given for part in one.edition.parts if part.source is PartSource.IMPORT}
    scores = {unit: {code: each[0] for code, each in by_code.items() if code in imported and each} for unit, by_code in inputs.items()}
    return books.build(given, scores)


def _ranked_as(book: GroupBook, ranks: Mapping[str, int | None]) -> GroupBook:
    return replace(book, scores={unit: replace(score, rank=ranks.get(unit)) for unit, score in book.scores.items()})


def _graded(file: PublishedFile, verdict: Verdict, trees: Mapping[str, Edition]) -> None:
    """A file without scores: only what stands in it can be held against its digest."""
    rows = [[group, trees[group].sha, [list(one) for one in reading.grades_of(file, group)]] for group in verdict.period.groups if group in trees]
    if publication.plain_digest(rows) != verdict.meta["extract_digest"]:
        verdict.faults.append(Fault("", "", "单位名称或等次与文件所载的摘要不符，被改动过"))
    verdict.notes.append("本文件不含得分，等次的算法只能用全本复算")


def _names(verdict: Verdict, digest: str, *, named: bool) -> None:
    meta = verdict.meta
    if named and verdict.path.name != (right := published.name_of(meta["period"], int(meta["revision"]), meta["digest"])) and not meta["submission"]:
        verdict.faults.append(Fault("", "", f"文件名与内容不符，按所载的期次、版次和摘要应为 {right}"))
    if digest and not meta["digest"].startswith(digest.lower()):
        verdict.faults.append(Fault("", "", f"文件的摘要 {meta['digest']} 与所给的 {digest} 不符，不是同一份结果"))


def _differences(file: PublishedFile, table: str, right: Columns, keys: int) -> Iterator[tuple[tuple[str, ...], str]]:
    """Key (the first `keys` columns) and words of every row of a table that differs: its first column that does."""
    names = list(right)
    quoted = ", ".join(f'"{name}"' for name in names)
    kept = file.arrow(f"SELECT {quoted} FROM {table}")  # noqa: S608 - tables of ours
    again = pa.table({name: pa.array(right[name], kept.schema.field(name).type) for name in names})
    order = [(name, "ascending") for name in names[:keys]]
    if kept.equals(again) or kept.sort_by(order).equals(again.sort_by(order)):
        return
    stored = {row[:keys]: row for row in zip(*(column.to_pylist() for column in kept.columns), strict=True)}
    made = {row[:keys]: row for row in zip(*(column.to_pylist() for column in again.columns), strict=True)}
    for key in sorted({*stored, *made}) if stored != made else ():
        one, two = stored.get(key), made.get(key)
        if one is None or two is None:
            yield key, "复算有这一行而文件中没有" if one is None else "文件中多出这一行"
        elif one != two:
            differ = {name: pair for name, *pair in zip(names, one, two, strict=True) if pair[0] != pair[1]}
            name = next((name for name in _SHOWN if name in differ), next(iter(differ)))
            what = _SHOWN.get(name, f"{table} 表的 {name}")
            yield key, what + ("与复算不符" if name == "summary" else f"复算为 {_short(differ[name][1])}，文件中为 {_short(differ[name][0])}")


def _short(value: object) -> str:
    text = "空" if value is None else str(value)
    return text if len(text) <= 60 else f"{text[:57]}…"
