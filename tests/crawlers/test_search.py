"""A site's own search: found in every shape, asked before a column is called missing, believed only where it can be read."""

from datetime import date
from pathlib import Path
from urllib.parse import quote

import pytest

from crawlers.observation import Sighting
from crawlers.register import ScopeEntry
from crawlers.status import FetchStatus, Looked, Match, ScopeKind
from tests.crawlers.web import HOME, Answer, Web, column, links, observe, page, rows, view

NAME = "政策解读"
READING = column("reading", NAME, aliases=["文件解读", "图解政策"])
MENU = (("要闻", "/yw/"), ("公告", "/gg/"), ("服务", "/fw/"), ("互动", "/hd/"), ("专题", "/zt/"))
FRESH = rows(("关于做好春耕备耕工作的通知", "2026-03-20"), ("关于召开会议的通知", "2026-03-01"))
FORM = "<form action='/search'><input type='text' name='q' placeholder='请输入关键词'><button type='submit'>搜索</button></form>"
LEAVES: dict[str, Answer | list[Answer]] = {HOME + path.strip("/") + "/": page(name, FRESH) for name, path in MENU}
Pages = dict[str, Answer | list[Answer]]


def home(more: str = FORM, *pairs: tuple[str, str]) -> str:
    return page("示例区", links(*MENU, *pairs) + more)


def results(words: str, *hits: tuple[str, str], count: int | None = None) -> str:
    found = "".join(f"<li><a href='{url}'>{text}</a></li>" for text, url in hits)
    return page("站内搜索", f"<input name='q' value='{words}'><p>共找到 {len(hits) if count is None else count} 条结果</p><ul>{found}</ul>")


def asked(words: str) -> str:
    return f"{HOME}search?q={quote(words)}"


NOTHING: Pages = {asked(name): results(name) for name in (NAME, "文件解读", "图解政策")}


def see(tmp_path: Path, pages: Pages, **more: object) -> tuple[Sighting, Looked]:
    scope = view(observe(LEAVES | pages, [READING], tmp_path, **more))  # type: ignore[arg-type]
    return scope.sightings[0], scope.looked


def never_missing(seen: Sighting, looked: Looked) -> None:
    assert not (seen.match is None and seen.confirmed and looked is Looked.COMPLETE), seen


def test_a_column_only_the_search_leads_to_is_found(tmp_path: Path) -> None:
    pages: Pages = {HOME: home(), asked(NAME): results(NAME, (NAME, "/jd/")), HOME + "jd/": page("解读", FRESH, crumbs=f"首页 &gt; {NAME}")}
    seen, _ = see(tmp_path, pages)
    assert (seen.match, seen.url, seen.newest, seen.confirmed) == (Match.EXACT, HOME + "jd/", date(2026, 3, 20), True)


def test_an_alias_is_searched_too(tmp_path: Path) -> None:
    pages: Pages = NOTHING | {
        HOME: home(),
        asked("文件解读"): results("文件解读", ("文件解读", "/jd/")),
        HOME + "jd/": page("解读", FRESH, crumbs="首页 &gt; 文件解读"),
    }
    seen, _ = see(tmp_path, pages)
    assert (seen.match, seen.newest) == (Match.ALIAS, date(2026, 3, 20))


def test_a_hit_that_is_only_an_article_is_not_the_column(tmp_path: Path) -> None:
    article = page(NAME, "<p>正文</p>", crumbs="首页 &gt; 通知公告").replace("<title>", f"<meta name='ArticleTitle' content='{NAME}'><title>")
    pages: Pages = NOTHING | {HOME: home(), asked(NAME): results(NAME, (NAME, "/a/t20260301_1.html")), HOME + "a/t20260301_1.html": article}
    seen, looked = see(tmp_path, pages)
    assert (seen.match, seen.confirmed, looked) == (None, True, Looked.COMPLETE)


def test_an_article_in_the_column_is_a_sign_of_it_and_leaves_it_ambiguous(tmp_path: Path) -> None:
    article = page(NAME, "<p>正文</p>", crumbs=f"首页 &gt; {NAME}").replace("<title>", f"<meta name='ArticleTitle' content='{NAME}'><title>")
    pages: Pages = NOTHING | {HOME: home(), asked(NAME): results(NAME, (NAME, "/a/t20260301_1.html")), HOME + "a/t20260301_1.html": article}
    never_missing(*see(tmp_path, pages))


def test_a_hit_that_names_the_column_without_a_breadcrumb_is_ambiguous(tmp_path: Path) -> None:
    pages: Pages = NOTHING | {HOME: home(), asked(NAME): results(NAME, (NAME, "/jd/")), HOME + "jd/": page("某页", FRESH)}
    assert see(tmp_path, pages)[0].match is Match.CONTAINED


def test_titles_that_only_mention_the_name_are_no_hits(tmp_path: Path) -> None:
    pages: Pages = NOTHING | {HOME: home(), asked(NAME): results(NAME, ("关于做好政策解读工作的通知", "/a/t20260301_1.html"))}
    seen, looked = see(tmp_path, pages)
    assert (seen.match, seen.confirmed, looked) == (None, True, Looked.COMPLETE)


def test_missing_after_the_search_says_what_was_asked_and_how_many_hits_there_were(tmp_path: Path) -> None:
    seen, looked = see(tmp_path, {HOME: home()} | NOTHING)
    assert (seen.match, seen.confirmed, looked) == (None, True, Looked.COMPLETE)
    assert [(step.text, step.url, step.result) for step in seen.path if step.action == "站内搜索"][:2] == [
        (NAME, asked(NAME), "0"),
        ("文件解读", asked("文件解读"), "0"),
    ]


def test_a_site_without_a_search_says_so_in_the_path_and_may_lack_the_column(tmp_path: Path) -> None:
    seen, looked = see(tmp_path, {HOME: home("")})
    assert (seen.match, seen.confirmed, looked) == (None, True, Looked.COMPLETE)
    assert any(step.action == "站内搜索" and "没有可由程序使用的" in step.text for step in seen.path)


UNUSABLE: dict[str, Answer] = {
    "results-by-script": page("站内搜索", "<div id='r'></div><script>$.ajax({url:'/api/search'})</script>"),
    "zero-until-a-script-runs": page("站内搜索", "<p>共找到 <b>0</b> 条结果</p><script>axios.get('/api/search')</script>"),
    "login": "<form><input type='password'></form><p>用户登录</p>",
    "shield": 412,
    "timeout": FetchStatus.TIMEOUT,
    "robots": FetchStatus.ROBOTS,
    "error": 500,
    "back-to-some-page": page("示例区", FRESH),
}


@pytest.mark.parametrize("answer", UNUSABLE.values(), ids=UNUSABLE.keys())
def test_a_search_that_cannot_be_read_is_written_down_and_blocks_nothing(answer: Answer, tmp_path: Path) -> None:
    pages: Pages = {HOME: home(), **dict.fromkeys((asked(NAME), asked("文件解读"), asked("图解政策")), answer)}
    seen, looked = see(tmp_path, pages)
    assert (seen.match, seen.confirmed, looked) == (None, True, Looked.COMPLETE)
    assert any(step.action == "站内搜索" and "无法由程序读取" in step.text for step in seen.path)


@pytest.mark.parametrize(("own", "match"), [("文件解读", Match.ALIAS), ("", Match.CONTAINED)], ids=["calls-itself-so", "says-nothing-of-itself"])
def test_a_link_by_the_columns_name_counts_on_an_answer_that_says_nothing_of_the_words(own: str, match: Match, tmp_path: Path) -> None:
    answer = page("搜索", links(("工作动态", "/dt/"), ("文件解读", "/jd/")))
    pages: Pages = {HOME: home(), asked(NAME): answer, HOME + "jd/": page("栏目", FRESH, crumbs=f"首页 &gt; {own}" if own else "")}
    seen, looked = see(tmp_path, pages)
    never_missing(seen, looked)
    assert (seen.match, seen.url) == (match, HOME + "jd/")


def test_a_hit_outside_the_units_bounds_does_not_count(tmp_path: Path) -> None:
    pages: Pages = {
        HOME: home(FORM, ("甲局", "/jia/")),
        HOME + "jia/": page("甲局", links(("概况", "/jia/a/"), ("文件", "/jia/b/"), ("职能", "/jia/c/"))),
        asked(NAME): results(NAME, (NAME, "/yi/jd/")),
        HOME + "yi/jd/": page("解读", FRESH, crumbs=f"首页 &gt; {NAME}"),
        asked("文件解读"): results("文件解读"),
        **{HOME + f"jia/{leaf}/": page("某页", FRESH) for leaf in "abc"},
    }
    scopes = [ScopeEntry(unit="jia", site="demo", kind=ScopeKind.PREFIX, entry=HOME + "jia/", value=HOME + "jia/")]
    seen = view(observe(LEAVES | pages, [READING], tmp_path, scopes=scopes), "jia").sightings[0]
    assert (seen.match, seen.confirmed) == (None, True)


def test_a_search_on_another_site_is_not_asked(tmp_path: Path) -> None:
    there = "http://search.province.invalid/s"
    counted: list[Web] = []
    seen, _ = see(tmp_path, {HOME: home(FORM.replace("/search", there))}, on=counted.append)
    assert not any(url.startswith(there) for url in counted[0].asked)
    assert any("其他网站" in step.text for step in seen.path)


def test_a_search_that_never_answers_is_given_up(tmp_path: Path) -> None:
    many = [column(f"c{n}", f"示例栏目{n}号") for n in range(20)]
    counted: list[Web] = []
    observe(LEAVES | {HOME: home()}, many, tmp_path, budget=400, on=counted.append)
    assert sum(count for url, count in counted[0].asked.items() if "/search" in url) <= 8


CONTAINED = "<a href='/jd/'>政策解读工作办法</a>"


def test_a_contained_name_whose_page_is_another_column_is_settled_by_the_search(tmp_path: Path) -> None:
    pages: Pages = {HOME: home(FORM + CONTAINED), HOME + "jd/": page("制度", FRESH, crumbs="首页 &gt; 规章制度")}
    seen, looked = see(tmp_path, pages | NOTHING)
    assert (seen.match, seen.confirmed, looked) == (None, True, Looked.COMPLETE)


STILL: dict[str, Pages] = {
    "without-a-search": {HOME: home(CONTAINED), HOME + "jd/": page("制度", FRESH, crumbs="首页 &gt; 规章制度")},
    "search-unusable": {HOME: home(FORM + CONTAINED), HOME + "jd/": page("制度", FRESH, crumbs="首页 &gt; 规章制度"), asked(NAME): 500},
    "search-does-not-repeat-the-words": {
        HOME: home(FORM + CONTAINED),
        HOME + "jd/": page("制度", FRESH, crumbs="首页 &gt; 规章制度"),
        asked(NAME): page("搜索", "<p>共找到 0 条结果</p>"),
    },
    "page-says-nothing-of-itself": NOTHING | {HOME: home(FORM + CONTAINED), HOME + "jd/": page("制度", FRESH)},
    "page-bears-a-longer-name": NOTHING | {HOME: home(FORM + CONTAINED), HOME + "jd/": page("制度", FRESH, crumbs="首页 &gt; 政策解读工作办法")},
    "page-was-not-read": NOTHING | {HOME: home(FORM + CONTAINED), HOME + "jd/": 500},
    "page-lists-something-of-the-name": NOTHING
    | {HOME: home(FORM + CONTAINED), HOME + "jd/": page("制度", rows(("本区政策解读汇编", "2026-03-20")), crumbs="首页 &gt; 规章制度")},
    "page-is-a-document": NOTHING
    | {
        HOME: home(FORM + CONTAINED),
        HOME + "jd/": page("制度", "<p>x</p>", crumbs="首页 &gt; 规章制度").replace("<title>", "<meta name='ArticleTitle' content='制度'><title>"),
    },
}


@pytest.mark.parametrize("pages", STILL.values(), ids=STILL.keys())
def test_a_contained_name_stays_ambiguous_when_in_doubt(pages: Pages, tmp_path: Path) -> None:
    never_missing(*see(tmp_path, pages))


def test_an_answer_that_differs_between_the_looks_ends_as_the_better_one_or_unconfirmed(tmp_path: Path) -> None:
    late: Pages = {HOME: home(), asked(NAME): [results(NAME), results(NAME, (NAME, "/jd/"))], asked("文件解读"): results("文件解读")}
    fresh = page("解读", FRESH, crumbs=f"首页 &gt; {NAME}")
    seen, _ = see(tmp_path, late | {HOME + "jd/": fresh})
    assert (seen.match, seen.newest, seen.confirmed) == (Match.EXACT, date(2026, 3, 20), True)
    seen, looked = see(tmp_path, late | {HOME + "jd/": page("解读", "<p>暂无内容</p>", crumbs=f"首页 &gt; {NAME}")})
    never_missing(seen, looked)
    assert not seen.confirmed
