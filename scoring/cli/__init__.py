"""`disclosure`: the command line, and the boundary at which every error becomes one Chinese line and an exit code."""

import sys
import traceback
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import typer

from crawlers.columns import ColumnsError
from crawlers.inspect import InspectError
from crawlers.manifest import RunError
from crawlers.observation import FormatTooNew
from crawlers.register import RegisterError
from scoring.cli import check, composition, crawl, demo, doctor, edition, imports, inspection, probe, process, report, results, steps, trust
from scoring.cli.common import app
from scoring.cli.usage import in_chinese, is_usage_error, usage_line
from scoring.errors import DisclosureError
from scoring.services.workspace import default_home

__all__ = ["app", "main"]

for _module in (demo, crawl, steps, composition, process, results, report, trust, edition, check, imports, inspection, probe, doctor):
    _module.register(app)

_USER_ERRORS = (RegisterError, ColumnsError, RunError, FormatTooNew, InspectError)


def main(arguments: list[str] | None = None) -> None:
    """Run one command and exit with its code (DESIGN §10)."""
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: list[str]) -> int:
    """The exit code of one command; whatever went wrong has been said on stderr in one line."""
    try:
        code = app(arguments, prog_name="disclosure", standalone_mode=False)
    except (typer.Abort, KeyboardInterrupt):
        return _say("已中断", 130)
    except DisclosureError as error:
        return _say(str(error), error.exit_code)
    except _USER_ERRORS as error:
        return _say(in_chinese(str(error)), 2)
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except typer.Exit as error:
        return error.exit_code
    except Exception as error:  # the last boundary: nobody should see a traceback
        if type(error).__name__ == "NoArgsIsHelpError":
            typer.echo(str(getattr(error, "message", "")))
            return 2
        if is_usage_error(error):
            return _say(usage_line(error), 2)
        return _say(f"程序内部错误（{type(error).__name__}），详细记录在 {_log(arguments)}", 70)
    if code == 130:  # what typer makes of an interruption
        return _say("已中断", 130)
    return code if isinstance(code, int) else 0


def _say(line: str, code: int) -> int:
    typer.echo(f"错误：{' '.join(line.split())}" if code != 130 else line, err=True)
    return code


def _log(arguments: list[str]) -> Path:
    text = traceback.format_exc()
    name = f"error-{datetime.now(UTC):%Y%m%dT%H%M%S}.log"
    named = [after for before, after in pairwise(arguments) if before == "--home"] + [one[7:] for one in arguments if one.startswith("--home=")]
    home = Path(named[-1]).expanduser() if named else default_home(demo=arguments[:1] == ["demo"])
    for folder in (home / "logs", Path.home(), Path("/tmp")):  # noqa: S108 - the last place left when nothing else can be written
        try:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, "utf-8")
        except OSError:
            continue
        return folder / name
    return Path("（无法写入日志）")
