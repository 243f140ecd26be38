"""Which document an interpretation (政策解读) interprets, whether each links to the other, and the working days between them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from crawlers.columns import normal
from crawlers.documents.body import Body, plain
from crawlers.documents.record import Pairing
from crawlers.link import Link, is_file
from crawlers.observation import Item
from crawlers.workdays import Calendar

_QUOTED = re.compile(r"《([^《》]{4,120})》")
_LABEL = re.compile(
    r"相关文件|政策原文|文件原文|原文链接|原文|政策文件|关联文件|相关政策|解读文件|被解读文件|对应文件|文件链接|政策链接|相关稿件|关联政策|相关链接|相关信息|相关阅读|阅读原文|查看原文|原文件"
)
_UNRELATED = re.compile(r"打印|关闭|收藏|分享|下载|首页|更多|上一篇|下一篇|返回|微信|微博|图解|解读")
_ABOUT = re.compile(
    r"^(?:\[[^\]]{1,8}\]|【[^】]{1,8}】)?(?:一图读懂|一图看懂|图解|图说|视频解读|文字解读|专家解读|政策解读|部门解读|动漫解读|解读)?[:|丨 ]*(?:关于|对)?(.{6,120}?)(?:的)?(?:政策)?(?:解读|图解|说明|问答|政策解读材料|解读材料)?$"
)
_ISSUE = re.compile(r"^.{0,40}?关于(?:印发|发布|公布|下发|转发|修订|出台|实施)?")
_VERSION = re.compile(r"\((?:试行|暂行|修订|修订版|修订稿|\d{4}年(?:修订|版|修订版))\)$")
_NEAR = 3
_MOST = 100


@dataclass(frozen=True, slots=True)
class Target:
    """The document that is interpreted, as far as the interpretation and the policy columns show: `item` where a policy column lists it."""

    url: str
    title: str
    linked: bool
    item: Item | None = None


def find_target(body: Body, policies: Iterable[Item]) -> Target | None:
    """By a link of the interpretation to it (title exact, or in a block named 相关文件 and the like), else by its exact title in the policy columns; None when neither shows it."""
    policies = tuple(policies)
    wanted = names(body.title) | {name for line in body.lines[:40] for name in names_quoted(line)}
    listed = {item.url: item for item in policies}
    own = [link for link in body.links if link.url != body.page.url and not _UNRELATED.search(link.text)][:_MOST]
    for link in own:
        if link.url in listed or any(_named(name) & names(body.title) for name in link.names):
            item = listed.get(link.url)
            if item is None or _named(item.title) & wanted or len(wanted) == 0 or _labelled(body, link):
                return Target(link.url, plain(item.title if item else link.text), True, item)
    for link in own:
        if _labelled(body, link) and (any(_named(name) & wanted for name in link.names) or (not wanted and len(link.text) >= 8 and not is_file(link.url))):
            return Target(link.url, plain(link.text), True, listed.get(link.url))
    for item in policies:
        if _named(item.title) & names(body.title) and item.url != body.page.url:
            return Target(item.url, plain(item.title), False, item)
    return None


def names_quoted(text: str) -> set[str]:
    """Normal forms of the titles between 《》."""
    return {normal(_VERSION.sub("", quoted)) for quoted in _QUOTED.findall(plain(text))}


def names(title: str) -> set[str]:
    """Normal forms by which an interpretation's title calls the document: between 《》, else what stands before 解读."""
    title = plain(title)
    if quoted := names_quoted(title):
        return quoted
    match = _ABOUT.match(title)
    if match is None or not re.search("解读|图解|读懂|看懂|问答|图说", title):
        return set()
    # 「扶持政策解读」 interprets a 扶持政策 or speaks of a 政策解读.
    return {normal(_VERSION.sub("", match[1])), normal(f"{match[1]}政策")}


def _named(title: str) -> set[str]:
    """Normal forms by which a policy may be called: its title, without the issuing body, and the title between 《》."""
    title = plain(title)
    bare = _VERSION.sub("", re.sub(r"的通知$", "", _ISSUE.sub("", title)))
    return {normal(title), normal(_VERSION.sub("", title)), normal(bare)} | names_quoted(title)


def _labelled(body: Body, link: Link) -> bool:
    """Whether a link stands in, or closely under, a line that announces the document."""
    shown = plain(link.text)
    lines = body.lines
    for number, line in enumerate(lines):
        if shown and shown in line:
            return any(_LABEL.search(near[:60]) and (near is line or len(near) <= 20) for near in lines[max(0, number - _NEAR) : number + 1])
    return False


def pair(
    target: Target, published: date | None, policy: Body | None, policy_date: date | None, interpretation_url: str, title: str, calendar: Calendar
) -> Pairing:
    """The pair. `policy`: the document when it was opened and read; without it `linked_back` stays open, as where scripts write its links."""
    count = calendar.between(policy_date, published) if policy_date is not None and published is not None else None
    return Pairing(
        target.url,
        target.title,
        policy_date,
        count.days if count is not None else None,
        count.unknown_years if count is not None else (),
        target.linked,
        _links_back(policy, interpretation_url, title) if policy is not None else None,
    )


def _links_back(policy: Body, url: str, title: str) -> bool | None:
    wanted = normal(plain(title))
    if any(link.url == url or wanted in {normal(plain(name)) for name in link.names} for link in policy.page.links):
        return True
    return None if policy.page.loads_by_script or policy.frames else False
