"""线索: what a run noticed that no rule scores by itself: a person looks at it (DESIGN §3: 疑似补录/倒签 is shown, never scored)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from crawlers.columns import load_columns
from crawlers.documents.record import Document
from crawlers.observation import Item, ScopeObservation, Sighting, SiteObservation
from crawlers.status import Labelled, ScopeKind
from scoring.model import Role
from scoring.permissions import Action, require
from scoring.rules.reading import address
from scoring.services import period_rows, runs
from scoring.services.workspace import Workspace


class ClueKind(Labelled):
    """What a clue is about, in the order in which an evaluator should look."""

    PERSONAL = "personal", "疑似未脱敏个人信息"
    BACKDATED = "backdated", "疑似补录或倒签"
    REDATED = "redated", "发布日期被改动"
    REPORT = "report", "年报数据不平衡"
    SHORT = "short", "征求意见期限不足"
    LATE = "late", "解读晚于文件"
    ATTACHMENT = "attachment", "附件打不开"
    EXTERNAL = "external", "外部链接换了主人"
    IDENTITY = "identity", "网站标识不一致"


_SHORTEST = 30
_LATEST = 3
"""Days of a consultation (国令713号) and working days of an interpretation (local rules, STANDARDS): a clue only, editions score by their own figures."""
_WHERE = {"meta": "页面标签", "footer": "页脚"}
_IDENTITY = {"id_code": "网站标识码", "icp": "ICP备案号", "police": "公安备案号", "conac": "党政机关网站标识", "sponsor": "主办单位"}
_PERSONAL = {"id_card": "身份证号", "mobile": "手机号", "bank_card": "银行卡号"}


@dataclass(frozen=True, slots=True)
class Clue:
    """One thing to look at: where it was seen and, as `run/site@offset+length`, the stored copy (empty when none). `what` is Chinese and may quote a page: data."""

    kind: ClueKind
    column: str
    what: str
    url: str
    snapshot: str = ""


def clues(ws: Workspace, period: str, unit: str, *, role: Role) -> tuple[Clue, ...]:
    """The clues of a unit in the run that its period is judged by. Raises NotPermitted, BadInput for an unknown period."""
    require(role, Action.VIEW_DRAFT)
    row = period_rows.row(ws, period)
    chosen = runs.latest(ws, row.start, row.cutoff or row.end)
    member = next((one for one in period_rows.units(ws, row.id) if one.unit.id == unit), None)
    if member is None or (seen := chosen.get(member.site)) is None:
        return ()
    names = {key: column.name for key, column in load_columns().items()}
    return found_in(runs.observed(ws, seen), unit, names)


def found_in(site: SiteObservation, unit: str, names: Mapping[str, str]) -> tuple[Clue, ...]:
    """The clues of one unit in one observation; those of the whole site only for the unit whose site it is."""
    view = site.scope(unit)
    if view is None:
        return ()
    found = [*_of_columns(site, view, names), *(_of_site(site) if view.kind is ScopeKind.SITE else ())]
    order = list(ClueKind)
    return tuple(sorted(dict.fromkeys(found), key=lambda clue: order.index(clue.kind)))


def _of_columns(site: SiteObservation, view: ScopeObservation, names: Mapping[str, str]) -> Iterator[Clue]:
    for sighting in view.sightings:
        column = names.get(sighting.key, sighting.key)
        for item in sighting.items:
            yield from _of_item(site, sighting, item, column)
        for document in sighting.documents:
            yield from _of_document(site, document, column)


def _of_item(site: SiteObservation, sighting: Sighting, item: Item, column: str) -> Iterator[Clue]:
    stored = _stored(site, sighting.snapshot)
    if item.backdated and item.date and item.first_seen:
        yield Clue(
            ClueKind.BACKDATED, column, f"日期为 {item.date}，但 {item.first_seen} 才首次出现，此前完整读过该列表时没有它：《{item.title}》", item.url, stored
        )
    if item.was and item.date and item.was != item.date:
        yield Clue(ClueKind.REDATED, column, f"日期由 {item.was} 改为 {item.date}：《{item.title}》", item.url, stored)


def _of_document(site: SiteObservation, document: Document, column: str) -> Iterator[Clue]:
    stored = _stored(site, document.snapshot)
    for datum in document.personal:
        yield Clue(ClueKind.PERSONAL, column, f"{_PERSONAL.get(datum.kind, datum.kind)} {datum.masked}，{datum.where}", datum.url, stored)
    for one in document.attachments:
        if one.opens is False:
            yield Clue(ClueKind.ATTACHMENT, column, f"附件“{one.name}”不是可以打开的文件：《{document.title}》", one.url, _stored(site, one.snapshot) or stored)
    if document.report is not None:
        for wrong in document.report.violations:
            yield Clue(ClueKind.REPORT, column, f"{wrong.where}：应为 {wrong.expected}，实为 {wrong.found}：《{document.title}》", document.url, stored)
    asked = document.consultation
    if document.confirmed and asked is not None and asked.days is not None and asked.days < _SHORTEST and not asked.reason:
        yield Clue(ClueKind.SHORT, column, f"{asked.days} 天，没有说明缩短的理由：《{document.title}》", document.url, stored)
    pair = document.pairing
    if document.confirmed and pair is not None and pair.working_days is not None and pair.working_days > _LATEST:
        yield Clue(ClueKind.LATE, column, f"晚 {pair.working_days} 个工作日：《{document.title}》，所解读的文件《{pair.policy_title}》", document.url, stored)


def _of_site(site: SiteObservation) -> Iterator[Clue]:
    for link in site.checks.external:
        if link.changed:
            yield Clue(
                ClueKind.EXTERNAL, "", f"{link.host} 原为“{link.was_title}”（{link.was_owner}），现为“{link.title}”（{link.owner}），链接在 {link.on}", link.url
            )
    for issue in site.checks.identity:
        name = _IDENTITY.get(issue.name, issue.name)
        said = f"应为“{issue.expected}”" if issue.expected else "应当标明"
        yield Clue(
            ClueKind.IDENTITY,
            "",
            f"{_WHERE.get(issue.where, issue.where)}的{name}：{said}，{f'实为“{issue.found}”' if issue.found else '没有找到'}",
            site.home,
            _stored(site, site.home_snapshot),
        )


def _stored(site: SiteObservation, seq: int | None) -> str:
    return next((ref.snapshot for ref in address(site, seq)), "")
