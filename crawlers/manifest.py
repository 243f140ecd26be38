"""The run directory's own files: `start.json` (what a resumed run must keep to) and `run.json` (written last = complete), read and checked."""

import hashlib
import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from crawlers.observation import FORMAT, FormatTooNew, SiteObservation, load
from crawlers.status import FetchStatus

ENGINE = "0.1.0"


class RunError(ValueError):
    """A run that cannot be used; one Chinese line with the culprit and the remedy."""


class RunIncomplete(RunError):
    """No `run.json`: the crawl was cut off."""


class RunDamaged(RunError):
    """A file of the run does not agree with `run.json`."""


class RunBusy(RunError):
    """Another process is writing the run."""


class SiteResult(BaseModel):
    """One site of a run. `sha256` is that of `sites/SITE.json`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    status: FetchStatus
    pages: int
    failures: int
    sha256: str


class RunManifest(BaseModel):
    """`run.json`. `simulated` is the register's word; `register_sha` is the SHA-256 of the site list that was crawled."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: int = FORMAT
    run_id: str
    as_of: date
    started: datetime
    finished: datetime
    plan_sha: str
    engine: str = ENGINE
    origin: str = "cli"
    simulated: bool = False
    register_sha: str = ""
    sites: dict[str, SiteResult]


class RunStart(BaseModel):
    """`start.json`, written first: what a resumed run must keep to. `store`: where the evidence lives, when not beside it. `browser`: scripts are run."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    as_of: date
    started: datetime
    register_sha: str
    store: str = ""
    browser: bool = False


def read_run(folder: Path) -> RunManifest:
    """The manifest of a complete run, checked against its files. Raises RunIncomplete, RunDamaged, FormatTooNew."""
    path = folder / "run.json"
    if not path.is_file():
        if not folder.is_dir():
            raise RunError(f"采集批次 {folder} 不存在")
        raise RunIncomplete(f"采集批次 {folder.name} 没有采完（缺少 run.json），请用 crawl --resume {folder.name} 续采")
    try:
        raw = json.loads(path.read_bytes())
        if isinstance(raw, dict) and isinstance(raw.get("format"), int) and raw["format"] > FORMAT:
            raise FormatTooNew(f"采集批次 {folder.name} 的格式 {raw['format']} 比本程序（格式 {FORMAT}）新，请升级程序后再入库")
        manifest = RunManifest.model_validate(raw)
    except (json.JSONDecodeError, ValidationError) as error:
        raise RunDamaged(f"采集批次 {folder.name} 的 run.json 已损坏，请重新采集或从采集机器取回") from error
    for site, result in manifest.sites.items():
        file = folder / "sites" / f"{site}.json"
        if not file.is_file() or file_sha(file) != result.sha256:
            raise RunDamaged(f"采集批次 {folder.name} 中 {file.name} 与 run.json 的校验值不符，请重新采集或从采集机器取回")
    return manifest


def observations(folder: Path, manifest: RunManifest) -> Iterator[SiteObservation]:
    """The observations of a complete run, one at a time."""
    for site in manifest.sites:
        yield load(folder / "sites" / f"{site}.json")


def file_sha(path: Path) -> str:
    """SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def replace_file(path: Path, content: bytes) -> None:
    """Write a file so that a reader sees either the old or the new one."""
    part = path.with_suffix(".part")
    part.write_bytes(content)
    part.replace(path)
