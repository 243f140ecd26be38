"""评估期次: creating one, what stands in the way of locking it, locking and publishing."""

import json
import re
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

from crawlers.register import Register, UnitEntry
from scoring.errors import BadInput
from scoring.model import Edition, PeriodState, Role, Unit
from scoring.permissions import Action, require
from scoring.services import editions, results
from scoring.services.locking import blockers, lock
from scoring.services.period_rows import editions_of_groups, info, rows
from scoring.services.publishing import before, publish
from scoring.services.shapes import PeriodInfo
from scoring.services.workspace import Workspace
from scoring.stages import Stage
from scoring.store import Writer, catalogue, ledger, life
from scoring.store.catalogue import PeriodRow, PeriodUnit

__all__ = ["before", "blockers", "check", "create", "lock", "periods", "publish", "published", "save_register"]

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,39}")


def periods(ws: Workspace) -> list[PeriodInfo]:
    """All periods, newest first."""
    return [info(ws, one) for one in rows(ws)]


def published(ws: Workspace) -> list[PeriodInfo]:
    """The published periods, newest first; read from the published files, so it needs no database."""
    return results.headers(ws)


def create(
    ws: Workspace,
    id: str,  # noqa: A002 - the contract's name
    title: str,
    groups: Mapping[str, str],
    start: date,
    end: date,
    cutoff: date | None,
    register: Register,
    actor: str,
    *,
    role: Role,
    now: datetime | None = None,
) -> PeriodInfo:
    """Open a period: each group with its edition's id, units frozen from the register. Raises BadInput; then nothing was written."""
    require(role, Action.LOCK)
    chosen = check(id, groups, start, end, cutoff, register, home=ws.home, simulated=ws.simulated)
    if any(one.id == id for one in rows(ws)):
        raise BadInput(f"评估期次 {id} 已存在，请换一个编号")
    site_of = {scope.unit: scope.site for scope in register.scopes}
    units = [unit for n, one in enumerate(register.units, 1) if (unit := _frozen(one, n, start, end))]
    period = PeriodRow(id, title, start, end, cutoff, PeriodState.OPEN, {group: (edition.id, edition.sha) for group, edition in chosen.items()})
    with ws.store.write() as writer:
        save_register(writer, register)
        for edition in chosen.values():
            catalogue.save_edition(writer, edition)
        catalogue.create_period(writer, period, [PeriodUnit(unit, site_of[unit.id]) for unit in units if unit.group in groups])
        life.add_stage(writer, id, Stage.PLAN.value, "建立评估期次", actor, now or ws.clock())
        ledger.audit(writer, now or ws.clock(), actor, role.value, "period.create", id, after={"groups": dict(groups)})
        newest_first = sorted([period, *rows(ws)], key=lambda one: (one.end, one.id), reverse=True)
        ws.note_editions(editions_of_groups(newest_first))
    return info(ws, period)


def _unit(one: UnitEntry, n: int, excluded: str = "") -> Unit:
    return Unit(one.id, one.name, one.group, one.level, one.parent, one.order or n, one.duties, one.predecessors, excluded)


def _frozen(one: UnitEntry, n: int, start: date, end: date) -> Unit | None:
    """A unit as a period has it; None when it did not exist in it. One that ends within the period is listed, but 暂不纳入."""
    if (one.valid_from and one.valid_from > end) or (one.valid_to and one.valid_to < start):
        return None
    ended = f"{one.valid_to} 后不再是被评估单位" if one.valid_to and one.valid_to < end else ""
    return _unit(one, n, one.excluded or ended)


def save_register(writer: Writer, register: Register) -> None:
    """Keep the register's units, sites and scopes."""
    catalogue.save_register(
        writer,
        [_unit(one, n) for n, one in enumerate(register.units, 1)],
        [
            {"site_id": one.id, "home": one.home, "id_code": one.id_code, "simulated": register.simulated, "entry": one.model_dump_json()}
            for one in register.sites
        ],
        [{"unit_id": one.unit, "site_id": one.site, "kind": one.kind.value, "entry": one.entry, "value": one.value} for one in register.scopes],
    )


def check(
    period: str, groups: Mapping[str, str], start: date, end: date, cutoff: date | None, register: Register, *, home: Path, simulated: bool
) -> dict[str, Edition]:
    """The edition of each group of a period that could be created. Raises BadInput; needs no database, so that nothing is made for a refused command."""
    if not _ID.fullmatch(period) or period == "latest":
        raise BadInput(f"期次编号 {json.dumps(period, ensure_ascii=False)} 无效，只能用字母、数字和连字符（最多 40 个），且不能是 latest")
    if start > end:
        raise BadInput(f"评估时段的开始日期 {start} 晚于结束日期 {end}")
    if cutoff is not None and cutoff < start:
        raise BadInput(f"采集截止日期 {cutoff} 早于评估时段的开始日期 {start}")
    if not groups:
        raise BadInput("请用 --group 分组=指标体系 至少指定一个分组")
    if register.simulated != simulated:
        what = "模拟站点清单不能用于真实数据目录" if register.simulated else "真实站点清单不能用于模拟数据目录"
        raise BadInput(f"{what} {home}，请用 --home 另指定目录")
    known = list(dict.fromkeys(unit.group for unit in register.units))
    if missing := [group for group in groups if group not in known]:
        raise BadInput(f"站点清单中没有分组 {'、'.join(missing)}，清单中的分组有：{'、'.join(known)}")
    return {group: editions.kept(editions.get(edition)) for group, edition in groups.items()}
