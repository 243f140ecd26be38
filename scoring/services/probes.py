"""Availability samples: files of days that are over are taken in; a span of them can be opened as evidence."""

import json
import re
from datetime import date, datetime
from pathlib import Path

from crawlers import probe_log
from crawlers.oserror import said
from crawlers.probe_log import FOLDER
from scoring.errors import BadInput
from scoring.facts import ProbeSample
from scoring.services import records
from scoring.services.shapes import StoredPage
from scoring.services.workspace import Workspace
from scoring.store import catalogue, ledger, probes
from scoring.wording import minute

ADDRESS = re.compile(r"probes/([a-z0-9-]+)@(\d{4}-\d{2}-\d{2})\+(\d{4}-\d{2}-\d{2})")


def take_in(ws: Workspace, *, actor: str = "system", now: datetime) -> tuple[int, dict[str, str]]:
    """Take in what is new in the files of days that are over: how many samples, and by file the line that says what could not be used.

    A day's samples come in together, so that a finding changes once a day and not with every sample.
    """
    sizes, today = probes.sizes(ws.store), probe_log.day_of(now)
    taken, lines = 0, dict[str, str]()
    for day, path in probe_log.files(ws.home / FOLDER):
        if day >= today:
            continue
        size = path.stat().st_size
        if sizes.get(path.name) == size:
            continue
        count, line = _file(ws, path, size, actor, now)
        taken += count
        if line:
            lines[path.name] = line
    return taken, lines


def _file(ws: Workspace, path: Path, size: int, actor: str, now: datetime) -> tuple[int, str]:
    try:
        rounds, damaged = probe_log.read(path)
    except OSError as error:
        return 0, f"可用性样本 {path.name} 无法读取（{said(error)}），请检查权限"
    line = f"可用性样本 {path.name} 有 {damaged} 行损坏，已跳过，其余照常接收" if damaged else ""
    foreign = [one for one in rounds if one.simulated != ws.simulated]
    if foreign:
        what = "模拟网站的样本不能收入真实数据目录" if foreign[0].simulated else "真实网站的样本不能收入模拟数据目录"
        line = f"可用性样本 {path.name} 有 {len(foreign)} 轮未接收：{what}"
    inside = probes.known(ws.store, [one.round for one in rounds])
    new = list({one.round: one for one in rounds if one not in foreign and one.round not in inside}.values())
    count = sum(len(one.samples) for one in new)
    with ws.store.write() as writer:
        probes.add(writer, new, path, size, damaged, now)
        ledger.audit(writer, now, actor, "", "ingest", f"{FOLDER}/{path.name}", after={"rounds": len(new), "samples": count, "damaged": damaged})
    return count, line


def address(site: str, first: date, last: date) -> str:
    """The address at which the samples of a site in a span of days are opened."""
    return f"{FOLDER}/{site}@{first}+{last}"


def open_samples(ws: Workspace, where: str) -> StoredPage | None:
    """The samples as a page of evidence; None when the address is not one of samples. Raises BadInput when there are none."""
    found = ADDRESS.fullmatch(where)
    if found is None:
        return None
    site, first, last = found[1], date.fromisoformat(found[2]), date.fromisoformat(found[3])
    kept = probes.samples(ws.store, site, first, last)
    if not kept:
        raise BadInput(f"没有网站 {site} 在 {first} 至 {last} 的可用性样本")
    home = next((json.loads(row.site_entry)["home"] for row in catalogue.scopes(ws.store) if row.site == site), "")
    head = "采样时间（北京）\t地点\t结果\t状态码\t秒\t计入"
    return records.page(
        where, home, f"{site} 可用性样本（{first} 至 {last}，共 {len(kept)} 次）", "\n".join([head, *map(_line, kept)]), kept[-1].at, "可用性监测样本"
    )


def _line(one: ProbeSample) -> str:
    return "\t".join(
        (minute(one.at), one.vantage, one.status.zh, "—" if one.http is None else str(one.http), str(one.seconds), "是" if one.valid else "否（本轮无效）")
    )
