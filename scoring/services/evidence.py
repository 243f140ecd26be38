"""Opening a stored page: what a person may check a finding against."""

from crawlers import evidence as stored
from crawlers.dates import CHINA
from crawlers.dialects import read_list
from crawlers.page import Page
from crawlers.status import FetchStatus, Made, PageState
from scoring.errors import BadInput
from scoring.model import Role
from scoring.services import cases, imports, probes
from scoring.services.selfcheck import RUN
from scoring.services.shapes import StoredPage
from scoring.services.workspace import Workspace

_SHIELDS = frozenset({412, 512, 521})
_ERROR = 400


def _status(http: int | None, page: Page) -> FetchStatus:
    """How the request ended, as far as what was stored tells."""
    if http is None:
        return FetchStatus.OK
    if http in _SHIELDS or page.state is PageState.SHIELD:
        return FetchStatus.SHIELD
    return FetchStatus.HTTP_ERROR if http >= _ERROR else FetchStatus.OK


def open_page(ws: Workspace, address: str, *, role: Role = Role.LEADER) -> StoredPage:  # noqa: ARG001 - every role may look at public pages
    """The stored response at `run/site@offset+length`, or a record of the database (`probes/site@day+day` …). Raises BadInput when there is none."""
    for opened in (probes.open_samples, cases.open_case, imports.open_values):
        if (record := opened(ws, address)) is not None:
            return record
    run = address.partition("/")[0]
    job = run.removeprefix(f"{RUN}-")
    root = ws.home / "jobs" / job if job != run and (ws.home / "jobs" / job / "job.json").is_file() else ws.runs
    try:
        found = stored.read_snapshot(root, address)
    except stored.EvidenceError as error:
        raise BadInput(" ".join(str(error).split())[:300]) from error
    kind = next((value for name, value in found.headers.items() if name.lower() == "content-type"), "")
    made = Made.ANSWER if found.http is not None else Made.PICTURE if kind.startswith("image/") else Made.RENDERED
    if made is Made.PICTURE:
        return StoredPage(address, found.url, found.at, None, made.zh, "", "", "", "", found.sha256, picture=found.body, made_zh=made.zh)
    page = Page(found.url, found.body, kind)
    return StoredPage(
        address=address,
        url=found.url,
        at=found.at,
        http=found.http,
        status_zh=_status(found.http, page).zh,
        encoding=page.encoding,
        title=page.title,
        text=page.text,
        source=page.source,
        sha256=found.sha256,
        made_zh=made.zh,
        items=tuple((item.date.isoformat() if item.date else "", item.title, item.url) for item in read_list(page, found.at.astimezone(CHINA).date()).items),
    )
