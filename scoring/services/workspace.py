"""A home directory opened by one process: its home.json, its database, and the thread that takes in finished runs."""

import json
import os
import threading
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar, cast
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from crawlers.oserror import said
from scoring.errors import BadInput
from scoring.store import Store

if TYPE_CHECKING:
    from scoring.services.ingester import Ingester

SCHEMA = 1
T = TypeVar("T")
CHECKOUT = Path(__file__).resolve().parents[2]


class HomeFile(BaseModel):
    """`home.json`. `sites` maps a simulated site's id to the host:port it is served at; `as_of` is the day the simulated city stands at.

    `editions`: the edition by which the newest period with a group judges it, so that a self-check needs no database.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    version: Annotated[int, Field(alias="schema")] = SCHEMA
    simulated: bool = False
    as_of: date | None = None
    sites: dict[str, str] = {}
    editions: dict[str, str] = {}


def default_home(*, demo: bool = False) -> Path:
    """`DISCLOSURE_HOME`, else `data/local` of the checkout (`data/local/demo` for the demo); never the working directory."""
    local = CHECKOUT / "data" / "local"
    return Path(os.environ.get("DISCLOSURE_HOME") or (local / "demo" if demo else local)).expanduser()


def utc_now() -> datetime:
    """The clock of this edge; everything below receives `now`."""
    return datetime.now(UTC)


def read_home(home: Path) -> HomeFile | None:
    """The home's home.json; None when the home is new. Raises BadInput for a damaged or newer file."""
    path = home / "home.json"
    try:
        raw = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise BadInput(f"无法读取 {path}（{said(error)}），请检查权限或用 --home 另指定目录") from error
    if is_newer(raw, "schema", SCHEMA):
        raise BadInput(f"数据目录 {home} 由更新的版本建立（home.json 的结构编号大于 {SCHEMA}），请升级程序后再使用")
    try:
        return HomeFile.model_validate_json(raw)
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise BadInput(f"{path} 内容有误{f'（{where}）' if where else ''}，请从备份恢复或另指定 --home") from error


def is_newer(raw: bytes, key: str, ours: int) -> bool:
    """Whether a JSON file says of itself that a newer version wrote it; asked before its content is held against a shape it may have outgrown."""
    try:
        found = json.loads(raw)
    except ValueError:
        return False
    return isinstance(found, dict) and isinstance(found.get(key), int) and found[key] > ours


def write_home(home: Path, content: HomeFile) -> None:
    """Create or replace home.json in one step. Raises BadInput when the home cannot be written."""
    path = home / "home.json"
    try:
        home.mkdir(parents=True, exist_ok=True)
        replace_json(path, content.model_dump(mode="json", by_alias=True))
    except OSError as error:
        raise BadInput(f"无法写入数据目录 {home}（{said(error)}），请检查权限或用 --home 另指定目录") from error


def replace_json(path: Path, value: object) -> None:
    """Write JSON so that a reader sees either the old or the new file."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_text(json.dumps(value, ensure_ascii=False, indent=1, default=str), "utf-8")
    draft.replace(path)


class Workspace:
    """One opened home. With `write=False` there is no database: published results only."""

    def __init__(self, home: Path, content: HomeFile, store: Store | None, clock: Callable[[], datetime]) -> None:
        self.home = home
        self.clock = clock
        self._content = content
        self._store = store
        self._ingester: Ingester | None = None
        self._memo: dict[tuple[str, ...], tuple[int, object]] = {}
        self._memo_lock = threading.Lock()

    @classmethod
    def open(cls, home: Path, *, write: bool = True, clock: Callable[[], datetime] = utc_now) -> "Workspace":
        """Open a home, creating it when new and `write`. Raises StoreBusy or BadInput, each with one line."""
        home = home.expanduser().absolute()
        content = read_home(home)
        if not write:
            return cls(home, content or HomeFile(), None, clock)
        if content is None:
            content = HomeFile()
            write_home(home, content)
        return cls(home, content, Store.open(home / "disclosure.duckdb"), clock)

    @property
    def store(self) -> Store:
        """The database. Raises BadInput when the workspace was opened without."""
        if self._store is None:
            raise BadInput(f"数据目录 {self.home} 以只读方式打开，只能查看已发布的结果")
        return self._store

    @property
    def simulated(self) -> bool:
        """True for a home that holds the simulated city only."""
        return self._content.simulated

    @property
    def as_of(self) -> date | None:
        """The day the simulated city stands at; None in a real home."""
        return self._content.as_of

    def today(self, now: datetime) -> date:
        """The day a crawl started now observes: the simulated city's, else today in Asia/Shanghai."""
        return self.as_of or now.astimezone(ZoneInfo("Asia/Shanghai")).date()

    @property
    def sites(self) -> Mapping[str, str]:
        """host:port of the simulated sites by id."""
        return self._content.sites

    @property
    def runs(self) -> Path:
        """Where crawls write their run directories."""
        return self.home / "runs"

    @property
    def published(self) -> Path:
        """Where published files are."""
        return self.home / "published"

    @property
    def sealed(self) -> Path:
        """Where the whole of a revision is kept when readers see less of it."""
        return self.home / "sealed"

    @property
    def submissions(self) -> Path:
        """Where 送审稿 are kept."""
        return self.home / "submissions"

    def note_editions(self, editions: Mapping[str, str]) -> None:
        """Keep the edition of each group in home.json."""
        if editions != self._content.editions:
            content = self._content.model_copy(update={"editions": dict(editions)})
            write_home(self.home, content)
            self._content = content

    def remember(self, key: tuple[str, ...], make: Callable[[], T], *, catalogue: bool = False, scores: bool = False) -> T:
        """`make()`, kept until the database changes. It must depend on that and `key` only.

        `catalogue`: until units, editions, periods or revisions do; `scores`: until something is written that scores may follow from.
        """
        version = self.store.catalogue_version if catalogue else self.store.score_version if scores else self.store.version
        with self._memo_lock:
            found = self._memo.get(key)
        if found and found[0] == version:
            return cast("T", found[1])
        made = make()
        with self._memo_lock:
            self._memo[key] = version, made
        return made

    def start_ingester(self, every: float = 5.0) -> None:
        """Start the thread that takes in finished runs; a second call does nothing while it lives."""
        from scoring.services.ingester import Ingester

        if self._ingester is None or not self._ingester.is_alive():
            self._ingester = Ingester(self, every)
            self._ingester.start()

    @property
    def ingester(self) -> "Ingester | None":
        """The running thread: what it last did and what it could not take in."""
        return self._ingester

    def close(self) -> None:
        """Stop the thread and release the database."""
        if self._ingester is not None:
            self._ingester.stop()
            self._ingester = None
        if self._store is not None:
            self._store.close()
            self._store = None
