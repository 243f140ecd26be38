"""The case log as a table: handed in row by row, all or nothing, and taken away again in the same form."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from scoring.errors import BadInput
from scoring.facts import Channel, Regular, RequestCase
from scoring.model import Role
from scoring.permissions import Action, require
from scoring.requests import Clock
from scoring.services import cases
from scoring.services.uploads import Upload, day, unit_in
from scoring.services.workspace import Workspace
from scoring.store import cases as store
from scoring.tabular.problems import Problem, Problems
from scoring.tabular.sheet import Cell

COLUMNS: dict[str, Sequence[str]] = {
    "id": ("案件编号", "台账编号", "编号"),
    "unit": ("单位", "单位编号", "单位名称"),
    "channel": ("申请渠道", "渠道"),
    "what": ("申请内容", "内容"),
    "applied": ("提交日期", "申请日期"),
    "registered": ("登记日期", "收到日期", "签收日期"),
    "supplement": ("补正告知日期",),
    "supplemented": ("补正日期",),
    "extended": ("延期告知日期",),
    "consult_from": ("征求意见开始日期",),
    "consult_to": ("征求意见结束日期",),
    "answered": ("答复日期",),
    "served": ("送达日期",),
    "served_right": ("按要求送达",),
    "regular": ("文书规范",),
    "notes": ("备注",),
}
COMPUTED = ("状态", "期限（工作日）", "已用（工作日）", "期限截止日期", "更正次数")
_DAYS = ("applied", "registered", "supplement", "supplemented", "extended", "consult_from", "consult_to", "answered", "served")
_QUOTED = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_YES = {"是": True, "按要求": True, "否": False, "未按要求": False}
_CHANNELS = {one.zh: one for one in Channel}
_REGULAR = {one.zh: one for one in Regular} | {"是": Regular.YES, "否": Regular.NO}


def take_in(ws: Workspace, upload: Upload, *, actor: str, role: Role, now: datetime) -> tuple[int, int, int]:
    """Enter a table: how many cases are new, corrected, unchanged. Raises BadInput naming row and column; then nothing was written."""
    require(role, Action.REVIEW)
    known, problems = cases.units(ws), Problems(upload.name)
    standing = {one.id: one for one in store.all_cases(ws.store)}
    read: list[RequestCase] = []
    same = 0
    columns = {**COLUMNS, **{name: (name,) for name in COMPUTED}}
    for cells in upload.records(columns, ("unit", "applied"), problems):
        try:
            made = _case(cells, known, standing, upload.name)
            if made.id and any(one.id == made.id for one in read):
                raise cells["id"].problem(f"案件 {made.id} 出现了两次，请只保留一行")
            if made.id and _content(made) == _content(standing[made.id]):
                same += 1
                continue
            cases.check(made, known, ws.today(now))
            read.append(made)
        except Problem as problem:
            problems.add(problem)
        except BadInput as error:
            problems.add(f"第 {cells['unit'].row} 行：{error}")
    problems.close()
    if not read and not same:
        raise BadInput(f"{upload.name}：没有案件，请至少填写一行")
    corrected = sum(1 for one in read if one.seq)
    if read:
        cases.save_all(ws, [(one, ()) for one in read], actor=actor, role=role, now=now)
    return len(read) - corrected, corrected, same


def rows(listed: Sequence[tuple[RequestCase, Clock]], names: Mapping[str, str]) -> tuple[list[str], list[list[object]]]:
    """Header and rows of the log, in the form in which it can be handed in again; what is computed stands to the right and is not read."""
    header = [*(column[0] for column in COLUMNS.values()), *COMPUTED]
    return header, [
        [*(_shown(key, one, names) for key in COLUMNS), at.state.zh if not one.withdrawn else "作废", at.limit, at.days, at.deadline, one.seq - 1]
        for one, at in listed
    ]


def _case(cells: Mapping[str, Cell], known: Mapping[str, str], standing: Mapping[str, RequestCase], file: str) -> RequestCase:
    def text(key: str) -> str:
        given = cells[key].text() if key in cells else ""
        return given[1:] if given[:1] == "'" and given[1:2] in _QUOTED else given  # as exports quote what a spreadsheet would run

    unit, number = unit_in(cells["unit"], known), text("id")
    found: dict[str, Any] = {key: day(cells[key]) if key in cells else None for key in _DAYS}
    if found["applied"] is None:
        raise cells["applied"].problem("提交日期为空，请填写")
    found |= {
        "channel": _one(cells, "channel", _CHANNELS) or Channel.ONLINE,
        "regular": _one(cells, "regular", _REGULAR),
        "served_right": _one(cells, "served_right", _YES),
    }
    found |= {"what": text("what"), "notes": text("notes")}
    if not number:
        return RequestCase(id="", unit=unit, seq=0, **found)
    if number not in standing:
        raise cells["id"].problem(f"台账中没有案件 {number}；新案件的编号请留空，由系统编号")
    old = standing[number]
    if old.unit != unit:
        raise cells["unit"].problem(f"案件 {number} 属于另一个单位，不能改单位；请作废后另行登记")
    return replace(old, **found, why=f"台账导入更正（{file} 第 {cells['unit'].row} 行）")


def _one(cells: Mapping[str, Cell], key: str, choices: Mapping[str, Any]) -> Any:
    given = cells[key].text() if key in cells else ""
    if given and given not in choices:
        raise cells[key].problem(f"{COLUMNS[key][0]}「{given}」不认识，可用：{'、'.join(choices)}")
    return choices[given] if given else None


def _content(case: RequestCase) -> tuple[object, ...]:
    return tuple(getattr(case, key) for key in COLUMNS)


def _shown(key: str, case: RequestCase, names: Mapping[str, str]) -> object:
    value = getattr(case, key)
    zh: dict[str, Callable[[], object]] = {
        "unit": lambda: names.get(case.unit, case.unit),
        "channel": lambda: case.channel.zh,
        "regular": lambda: case.regular.zh if case.regular else "",
        "served_right": lambda: "" if case.served_right is None else "是" if case.served_right else "否",
    }
    return zh[key]() if key in zh else "" if value is None else value
