"""可用性采样: one look at every home page, through the crawl's own fetcher (politeness, address guard, robots.txt, honest User-Agent).

One try without retries, so that what a visitor meets is what is recorded. The prober's own trouble must not count against sites: see `verdict`.
"""

import os
import time
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

from crawlers.contact import contact_of
from crawlers.fetch import Fetcher, Policy, origin_of
from crawlers.lock import held
from crawlers.manifest import RunBusy, RunError
from crawlers.oserror import said
from crawlers.probe_log import FOLDER, Control, Look, Round, append
from crawlers.probe_robots import Rules
from crawlers.register import Register, SiteEntry
from crawlers.status import FetchStatus

WAIT = 20.0
"""Seconds without a sign of life after which a home page is given up: more than any rule's limit (19号: 15)."""
_AT_ONCE = 64
_THOUSANDTH = Decimal("0.001")
_SILENT = frozenset({FetchStatus.DNS, FetchStatus.REFUSED, FetchStatus.TIMEOUT, FetchStatus.RESET})
"""How a request ends when nobody answers; or when this machine has no network."""


@dataclass
class _Watch:
    """What a fetcher waited for the sake of politeness: no time of the site's."""

    waited: float = 0.0
    asleep: Callable[[float], None] = field(default=time.sleep)

    def wait(self, seconds: float) -> None:
        began = time.monotonic()
        self.asleep(seconds)
        self.waited += time.monotonic() - began


def probe(
    register: Register,
    home: Path,
    *,
    vantage: str,
    controls: Sequence[str] = (),
    only: Collection[str] | None = None,
    wait: float = WAIT,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> tuple[Round, Path]:
    """One round over every site, appended to `home/probes`. Raises RunError for an unknown site in `only`, a round that still runs, a folder that cannot be written."""
    if unknown := set(only or ()) - {site.id for site in register.sites}:
        raise RunError(f"站点清单中没有网站 {'、'.join(sorted(unknown))}，请核对 --only")
    folder = home / FOLDER
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / ".lock").open("a+b") as lock:
            if not held(lock):
                raise RunBusy("上一轮可用性采样尚未结束，本轮跳过；若经常如此，请拉长间隔或减少站点")
            made = _round(register, folder, vantage, controls, only, wait, clock)
            return made, append(folder, made)
    except OSError as error:
        raise RunError(f"无法写入 {folder}：{said(error)}，请检查权限和磁盘空间") from error


def verdict(samples: Sequence[Look], controls: Sequence[Control]) -> tuple[bool, str]:
    """Whether a round says anything of the sites, and why not.

    It does not when no control address answered, before or after; when of several sites not one answered; when the only one did not and no control tells whose fault it is.
    """
    if controls and not any(one.answered for one in controls):
        return False, "对照地址均打不开，应是采样机的网络出了问题"
    if samples and all(one.status in _SILENT for one in samples):
        if len(samples) > 1:
            return False, f"{len(samples)} 个网站同时打不开，应是采样机的网络出了问题"
        if not controls:
            return False, "只有一个网站且没有对照地址，不能区分是网站还是采样机的网络打不开"
    return True, ""


def _round(
    register: Register, folder: Path, vantage: str, controls: Sequence[str], only: Collection[str] | None, wait: float, clock: Callable[[], datetime]
) -> Round:
    started = clock()
    contact = contact_of(register.contact)
    groups = [kept for group in register.host_groups() if (kept := [site for site in group if only is None or site.id in only])]
    before = [_answers(url, contact, wait) for url in controls]
    rules = Rules(folder / "robots.json", clock)
    with ThreadPoolExecutor(max_workers=max(1, min(_AT_ONCE, len(groups)))) as pool:
        looks = [look for found in pool.map(lambda group: _group(group, contact, wait, rules, clock), groups) for look in found]
    rules.write()
    after = [_answers(url, contact, wait) for url in controls] if before else []
    asked = tuple(Control(url=url, answered=one and other) for url, one, other in zip(controls, before, after, strict=True))
    valid, why = verdict(looks, asked)
    order = {site.id: n for n, site in enumerate(register.sites)}
    return Round(
        round=f"{started.astimezone(UTC):%Y%m%dT%H%M%SZ}-{os.urandom(4).hex()}",
        vantage=vantage,
        started=started,
        finished=clock(),
        simulated=register.simulated,
        valid=valid,
        why=why,
        controls=asked,
        samples=tuple(sorted(looks, key=lambda look: order[look.site])),
    )


def _group(sites: Sequence[SiteEntry], contact: str, wait: float, rules: Rules, clock: Callable[[], datetime]) -> list[Look]:
    """The sites of one host group, one after the other."""
    rate = min((site.rate for site in sites if site.rate), default=0.0)
    local = frozenset(netloc for site in sites if site.loopback for netloc in site.netlocs())
    watch = _Watch()
    policy = Policy(rate=rate, timeout=wait, retries=0, contact=contact, local=local, closed=all(site.loopback for site in sites))
    fetcher = Fetcher(policy, clock=clock, wait=watch.wait)
    try:
        rules.lend(fetcher.robots)
        return [_look(site, fetcher, watch, rules) for site in sites]
    finally:
        fetcher.close()


def _look(site: SiteEntry, fetcher: Fetcher, watch: _Watch, rules: Rules) -> Look:
    fetcher.policy = replace(fetcher.policy, max_bytes=site.max_bytes)
    rules.settle(fetcher.robots, site.home, origin_of(site.home))
    at, began, waited = fetcher.now(), time.monotonic(), watch.waited
    answer = fetcher.once(site.home)
    seconds = max(0.0, time.monotonic() - began - (watch.waited - waited))
    return Look(site=site.id, at=at, status=answer.status, http=answer.http, seconds=Decimal(str(seconds)).quantize(_THOUSANDTH))


def _answers(url: str, contact: str, wait: float) -> bool:
    """Whether an address answers at all."""
    fetcher = Fetcher(Policy(timeout=wait, retries=0, contact=contact))
    try:
        return fetcher.once(url).status not in (*_SILENT, FetchStatus.ADDRESS_REFUSED)
    finally:
        fetcher.close()
