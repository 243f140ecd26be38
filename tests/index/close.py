"""Documents that were opened and read closely, as small as a test needs them."""

from dataclasses import replace
from datetime import date
from typing import Any

from crawlers.documents.record import Attachment, Consultation, Document, Pairing, Report
from crawlers.status import DocumentKind, FetchStatus, PageState
from scoring.rules.report_sections_complete import SECTIONS

WAYS = ("邮箱", "电话")


def document(kind: DocumentKind, day: str | None, title: str = "某件", **changes: Any) -> Document:
    """A document that was read whole and confirmed."""
    base = Document(
        url=f"http://a.test/{kind.value}/{day}/{title}",
        title=title,
        kind=kind,
        fetch=FetchStatus.OK,
        http=200,
        page=PageState.CONTENT,
        snapshot=1,
        published=date.fromisoformat(day) if day else None,
        confirmed=True,
    )
    return replace(base, **changes)


def annual(year: int, *, confirmed: bool = True, whole: bool = True, attachments: tuple[Attachment, ...] = (), **changes: Any) -> Document:
    """An annual report whose tables hold; `changes` of its `Report`."""
    read = Report(
        year=year,
        form="30",
        sections=SECTIONS,
        checked=42,
        carried=(2, 1),
        source="html",
        mentions=3,
        tables=("表二", "表三", "表四"),
    )
    title = f"某区{year}年政府信息公开工作年度报告"
    report = replace(read, **changes)
    return document(DocumentKind.REPORT, f"{year + 1}-03-01", title, report=report, confirmed=confirmed, whole=whole, attachments=attachments)


def notice(day: str, days: int | None = 30, end: str | None = None, **changes: Any) -> Document:
    """A notice that asks for opinions, `days` long, with all that it needs; `changes` of its `Consultation`, or of the document by `doc_…`."""
    own = {key.removeprefix("doc_"): value for key, value in changes.items() if key.startswith("doc_")}
    said = Consultation(
        start=date.fromisoformat(day),
        end=date.fromisoformat(end) if end else None,
        days=days,
        draft=True,
        explanation=True,
        channels=WAYS,
    )
    asked = replace(said, **{key: value for key, value in changes.items() if not key.startswith("doc_")})
    return document(DocumentKind.CONSULTATION, day, f"征求意见{day}", consultation=asked, **own)


def interpretation(day: str, working_days: int | None = 1, policy: str = "p", **changes: Any) -> Document:
    """An interpretation with its document, linked both ways; `changes` of its `Pairing`, or of the document by `doc_…`."""
    own = {key.removeprefix("doc_"): value for key, value in changes.items() if key.startswith("doc_")}
    pair = Pairing(f"http://a.test/{policy}", "某办法", date.fromisoformat(day), working_days, linked=True, linked_back=True)
    pair = replace(pair, **{key: value for key, value in changes.items() if not key.startswith("doc_")})
    return document(DocumentKind.INTERPRETATION, day, f"解读{day}", pairing=pair, **own)
