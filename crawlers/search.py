"""A site's own search: its form, what it answers to a word, and whether a program can use it at all."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote_plus, urlencode, urlsplit, urlunsplit

from selectolax.lexbor import LexborNode

from crawlers.columns import normal, shortest
from crawlers.link import Link
from crawlers.page import Page
from crawlers.page_state import hidden_lines
from crawlers.remembered import remembered
from crawlers.status import Phase
from crawlers.visit import Visit, Visitor

_FIELDS = frozenset(
    [
        "q",
        "qt",
        "wd",
        "kw",
        "key",
        "keys",
        "keyword",
        "keywords",
        "searchword",
        "searchwords",
        "searchkey",
        "searchkeys",
        "searchkeyword",
        "searchtext",
        "searchcontent",
        "searchstr",
        "searchvalue",
        "searchname",
        "querystring",
        "query",
        "queryword",
        "sw",
        "wds",
        "word",
        "words",
        "content",
        "title",
        "searchbox",
        "txtkey",
        "txtkeyword",
        "txtsearch",
        "sousuo",
        "ss",
        "searchinput",
        "inputsearch",
        "fulltext",
        "schword",
        "qword",
        "textvalue",
        "allkeywords",
    ]
)
_HINT = re.compile(r"搜索|检索|关键[字词]|请输入.{0,6}(?:内容|关键|搜索|查询|文字)|站内|search", re.IGNORECASE)
_ACTION = re.compile(r"search|sousuo|query|/s(?:\?|/|$)|/so(?:\?|/|$)|jsearch|igs|was5|/u/", re.IGNORECASE)
_OTHER = re.compile(r"登录|信件|查询码|查询号|编号|办件|手机|邮箱|验证码|姓名|用户名|login|letter|mail|apply|tousu", re.IGNORECASE)
_LITERAL = re.compile(
    r"['\"]([^'\"\s<>]{1,300}[?&](?:q|qt|wd|kw|key|keys|keyword|keywords|searchword|searchwords|searchkey|searchtext|word|words|query|querystring|sw|title|content|textvalue)=)['\"]\s{0,9}"
    r"\+(?:[^+;'\"\n]|'[^'\n]{0,60}'|\"[^\"\n]{0,60}\"){1,160}(?:\+\s{0,9}['\"](&[^'\"\s<>]{0,300})['\"])?",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    r"(?:共|约|总计|总共|找到|搜索到|检索到|查询到|查到|获得|匹配|命中|有)(?:[\s:：约共有到了相关的结果信息内容“”\"「」]|找到|搜索到|检索到|查询到|匹配|符合(?:条件)?){0,12}(\d{1,9}|\d{1,3}(?:,\d{3}){1,3})\s*(?:条|个|项|篇|件|笔|则)"
)
_RESULTS = re.compile(r"搜索结果|检索结果|查询结果|(?:条|个|项|篇)(?:相关|符合|匹配|搜索|检索|查询)?的?(?:结果|信息|记录|内容|数据)")
_NONE = re.compile(
    r"(?:没有|未|未能|无法|没)(?:能)?(?:找到|搜索到|检索到|查询到|查到|搜到|检索出|匹配到)|(?:暂无|无|没有)(?:任何|相关|符合|匹配|搜索|检索|查询)(?:条件|的)*(?:结果|数据|信息|内容|记录|文章)?|换个关键[字词]"
)
_NONSENSE = "鑫犇骉麤羴"
"""Words no page holds: what stands on the answer to them as well is not a hit."""
_MENU = 10
_HITS = 200


@dataclass(frozen=True, slots=True)
class SearchForm:
    """Where words are sent. `fixed`: what else is sent. `suffix`: what a script appends to the address. `menu`: addresses that the page with the form links to by short names."""

    url: str
    field: str
    post: bool = False
    fixed: tuple[tuple[str, str], ...] = ()
    encoding: str = "utf-8"
    literal: bool = False
    suffix: str = ""
    menu: frozenset[str] = frozenset()

    def request(self, words: str) -> tuple[str, tuple[tuple[str, str], ...] | None]:
        """The address to ask and the form to POST (None: GET)."""
        if self.literal:
            return f"{self.url}{quote_plus(words, encoding=self.encoding, errors='replace')}{self.suffix}", None
        fields = (*((name, value) for name, value in self.fixed if name != self.field), (self.field, words))
        if self.post:
            return self.url, fields
        parts = urlsplit(self.url)
        # What an address carries after its `?` is dropped when a browser sends a form by GET.
        return urlunsplit(parts._replace(query=urlencode(fields, encoding=self.encoding, errors="replace"), fragment="")), None


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """What a search answered. `usable`: it is plainly a result page, with hits or with a statement of how many there are (`total`); otherwise nothing follows from it.

    `echoed`: it repeats the words it was asked for. `shown`: links of an answer that is not usable; one of them may bear a column's name all the same.
    """

    hits: tuple[Link, ...]
    visit: Visit
    usable: bool
    total: int | None = None
    echoed: bool = False
    shown: tuple[Link, ...] = ()


@remembered
def find_form(page: Page) -> SearchForm | None:
    """The site search that a page offers; None when there is none that a program could fill in."""
    menu = frozenset(link.url for link in page.links if link.names and shortest(link.names) <= _MENU)
    best: tuple[int, LexborNode, LexborNode] | None = None
    for form in page.tree.css("form"):
        for field in form.css("input"):
            score = _score(form, field)
            if score >= 2 and (best is None or score > best[0]):
                best = (score, form, field)
    encoding = "gb18030" if page.encoding.lower().startswith("gb") else page.encoding or "utf-8"
    if best is not None:
        _, form, field = best
        action = (form.attributes.get("action") or "").strip()
        if action and not action.startswith(("#", "javascript:")) and (url := page.absolute(action)):
            post = (form.attributes.get("method") or "get").lower() == "post"
            charset = (
                (form.attributes.get("accept-charset") or encoding).split()[0] if (form.attributes.get("accept-charset") or encoding).strip() else encoding
            )
            return SearchForm(url, field.attributes.get("name") or "", post, _fixed(form), _known(charset), menu=menu)
    if written := _literal(page):
        url, suffix = written
        return SearchForm(url, "", encoding=encoding, literal=True, suffix=suffix, menu=menu)
    if (
        best is not None
        and not any(name in best[1].attributes for name in ("onsubmit",))
        and best[1].css_first("[type=submit], button:not([type=button])") is not None
    ):
        post = (best[1].attributes.get("method") or "get").lower() == "post"
        return SearchForm(page.url, best[2].attributes.get("name") or "", post, _fixed(best[1]), encoding, menu=menu)
    return None


def _known(charset: str) -> str:
    try:
        "".encode(charset)
    except LookupError:
        return "utf-8"
    return charset


def _score(form: LexborNode, field: LexborNode) -> int:
    """How surely a field of a form is that of a site search; 0: it is not."""
    attributes = field.attributes
    name = attributes.get("name") or ""
    if not name or (attributes.get("type") or "text").lower() not in ("text", "search") or form.css_first("input[type=password]") is not None:
        return 0
    said = " ".join(value or "" for key, value in attributes.items() if key in ("placeholder", "value", "title", "onfocus", "onblur", "id", "class"))
    about = " ".join(form.attributes.get(key) or "" for key in ("action", "name", "id", "class"))
    if _OTHER.search(said) or _OTHER.search(about):
        return 0
    buttons = " ".join(
        f"{node.text()} {node.attributes.get('value') or ''} {node.attributes.get('alt') or ''}"
        for node in form.css("button, input[type=submit], input[type=button], a, img")
    )
    known = name.lower().replace("_", "").rsplit(".", 1)[-1] in _FIELDS
    return 2 * known + 2 * bool(_HINT.search(said)) + 2 * bool(_ACTION.search(about)) + bool(_HINT.search(buttons))


def _fixed(form: LexborNode) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    for node in form.css("input[name]"):
        kind = (node.attributes.get("type") or "text").lower()
        if kind == "hidden" or (kind in ("radio", "checkbox") and "checked" in node.attributes):
            found.append((node.attributes.get("name") or "", node.attributes.get("value") or ("on" if kind != "hidden" else "")))
    for node in form.css("select[name]"):
        chosen = node.css_first("option[selected]") or node.css_first("option")
        if chosen is not None:
            found.append((node.attributes.get("name") or "", chosen.attributes.get("value") if "value" in chosen.attributes else chosen.text().strip()))  # type: ignore[arg-type]
    return tuple((name, value or "") for name, value in found[:40])


def _literal(page: Page) -> tuple[str, str] | None:
    """An address that a script or a handler completes with the words: `location='/search?q='+…`."""
    handlers = [node.attributes.get(name) or "" for name in ("onclick", "onsubmit", "onkeydown", "action") for node in page.tree.css(f"[{name}]")]
    for script in (*handlers, page.inline_scripts[:400_000]):
        if ("?" in script) and (match := _LITERAL.search(script)) and (url := page.absolute(match[1])):
            return url, match[2] or ""
    return None


def ask(visitor: Visitor, form: SearchForm, words: str, phase: Phase) -> SearchAnswer:
    """Ask the site's search. An answer that is not plainly a result page is not usable: nothing follows from what it lacks."""
    url, data = form.request(words)
    visit = visitor.open(url, phase, data)
    page = visit.page
    if page is None or not visit.readable:
        return SearchAnswer((), visit, usable=False)
    total = _total(page)
    hits = tuple(link for link in page.links if link.url not in form.menu and link.url != page.url and any(len(normal(name)) >= 2 for name in link.names))[
        :_HITS
    ]
    echoed = _echoes(page, words)
    listed = total is not None and total > 0 and bool(hits)
    none = total == 0 and not page.loads_by_script
    named = echoed and any(normal(words) in normal(name) for link in hits for name in link.names)
    if not (listed or none or named):
        return SearchAnswer((), visit, usable=False, total=total, echoed=echoed, shown=hits)
    return SearchAnswer(() if none else hits, visit, usable=True, total=total, echoed=echoed)


def _total(page: Page) -> int | None:
    """How many results the page says there are; None when it does not say."""
    hidden = hidden_lines(page)
    for line in page.text.split("\n"):
        if len(line) <= 120 and line not in hidden:
            if (match := _TOTAL.search(line)) and (_RESULTS.search(page.text) or "搜索" in page.title or "检索" in page.title):
                return int(match[1].replace(",", ""))
            if _NONE.search(line):
                return 0
    return None


def _echoes(page: Page, words: str) -> bool:
    wanted = normal(words)
    fields = [node.attributes.get("value") or "" for node in page.tree.css("input[value]")]
    stated = [value for _, value in parse_qsl(urlsplit(page.url).query)]
    texts = [page.title, *(line for line in page.text.split("\n") if len(line) <= 120)]
    return any(wanted in normal(text) for text in (*fields, *texts) if text not in stated or text in fields)


def returns(visitor: Visitor, form: SearchForm, title: str, phase: Phase) -> bool | None:
    """Whether the search returns a title that the site has; None: a program cannot use it, or the title stands on every answer."""
    answer = ask(visitor, form, title, phase)
    if not answer.usable:
        return None
    if not _has(answer, title):
        return False if answer.total is not None and answer.total <= len(answer.hits) else None  # on a further page of results it may stand after all
    control = ask(visitor, form, _NONSENSE, phase)
    return None if _has(control, title) else True


def _has(answer: SearchAnswer, title: str) -> bool:
    wanted = normal(title)
    return any(wanted in normal(name) or (len(normal(name)) >= 12 and normal(name).rstrip(".…") in wanted) for link in answer.hits for name in link.names)
