"""`inspect`: what the readers see on one page: "why did it say that?"."""

import json
import re
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from crawlers.columns import load_columns
from crawlers.inspect import from_file, from_url
from crawlers.inspect import inspect as read_page
from scoring.cli.common import JsonOption, about_contact, day, now
from scoring.errors import BadInput
from scoring.services import selfcheck

_WEB = re.compile(r"https?://", re.IGNORECASE)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{1,20}:")
"""One letter and a colon is a drive."""


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("inspect", help="查看程序从一个网页中读到了什么：编码、列表、日期、栏目")(inspect)


def inspect(
    source: Annotated[str, typer.Argument(metavar="FILE|URL", help="保存的网页文件，或网址")],
    base_url: Annotated[str, typer.Option("--base-url", help="网页原来的网址，用来补全相对链接", show_default=False)] = "",
    as_of: Annotated[str | None, typer.Option("--as-of", help="观测日期，默认今天", show_default=False)] = None,
    allow_loopback: Annotated[bool, typer.Option("--allow-loopback", help="允许本机和内网地址")] = False,
    as_json: JsonOption = False,
) -> None:
    """One page, read as a crawl would read it."""
    observed = day(as_of, "--as-of") or now().astimezone(ZoneInfo("Asia/Shanghai")).date()
    selfcheck.address(source)
    asked = bool(_WEB.match(source))
    if asked and not allow_loopback and (notice := about_contact("")):
        typer.echo(notice, err=True)
    page = from_url(source, loopback=allow_loopback) if asked else from_file(_path(source), base_url)
    found = read_page(page, load_columns(), observed)
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    for name in ("url", "title", "encoding", "page", "dialect", "published", "published_from", "written", "newest"):
        typer.echo(f"{_ZH[name]}　{found[name] if found[name] is not None else '—'}")
    typer.echo(f"条目　{len(found['items'])} 条")
    for item in found["items"][:20]:
        typer.echo(f"　{item['date'] or '——'}　{item['title']}　{item['url']}")
    typer.echo(f"栏目　{len(found['columns'])} 个")
    for column in found["columns"]:
        typer.echo(f"　{column['name']}（{column['match']}）　{column['text']}　{column['url']}")
    if page.partly:
        typer.echo("网页原来的网址不明，相对链接照原样列出；用 --base-url 给出原来的网址，可得到完整的链接地址")
    if found["report"]:
        _show_report(found["report"])


def _path(source: str) -> Path:
    """A file's path. Raises BadInput for an address that is none of the web."""
    path = Path(source)
    if _SCHEME.match(source) and not path.is_file():
        raise BadInput(f"只能读取 http:// 和 https:// 网址或保存的网页文件，不能读取 {source}")
    return path


def _show_report(report: dict[str, Any]) -> None:
    """The annual report in Chinese: an untried equation is said, never taken for one that holds."""
    form = {"60": "〔2019〕60号格式", "30": "〔2021〕30号格式"}.get(report["format"], "未认出表格格式")
    typer.echo(f"年度报告　{report['year'] or '不明年份'}，{form}，{len(report['sections'])} 个部分")
    for section in report["sections"]:
        typer.echo(f"　{section}")
    unread = f"，{report['unchecked']} 个因单元格或表格未读到而未核对" if report["unchecked"] else ""
    typer.echo(f"勾稽核对　{report['checked']} 个等式{unread}")
    if report["note"]:
        typer.echo(f"　{report['note']}")
    for one in report["violations"]:
        typer.echo(f"　不一致　{one['where']}　应为 {one['expected']}，实为 {one['found']}")
    if not report["violations"] and report["checked"]:
        typer.echo("　已核对的等式全部成立" if report["unchecked"] else "　全部成立")


_ZH = {
    "url": "网址",
    "title": "标题",
    "encoding": "编码",
    "page": "页面状态",
    "dialect": "列表形式",
    "published": "发布日期",
    "published_from": "日期出处",
    "written": "成文日期",
    "newest": "最新日期",
}
