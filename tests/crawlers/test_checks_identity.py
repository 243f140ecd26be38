"""Who a site says it is: every spelling of it read, and held against the register."""

import pytest

from crawlers.checks.identity import host_of, identity_of, issues, owner_of, same_name
from crawlers.observation import Identity
from crawlers.page import Page
from crawlers.register import SiteEntry
from tests.crawlers.realpages import FOLDER, needed

SITE = SiteEntry(id="s", name="示例县人民政府", home="http://www.shili.gov.cn/", hosts=("www.shili.gov.cn",), id_code="3399010009")
HOSTS = SITE.netlocs()
META = {"SiteName": "示例县人民政府门户网站", "SiteDomain": "www.shili.gov.cn", "SiteIDCode": "3399010009"}
FOOTER = {"id_code": "3399010009", "icp": "示ICP备05000001号", "police": "示公网安备33990102000001号", "sponsor": "示例县人民政府办公室", "conac": "CA1"}


def footer(html: str) -> dict[str, str]:
    return identity_of(Page("http://x.invalid/", f"<html><body><p>正文</p>{html}</body></html>".encode(), "text/html; charset=utf-8")).footer


@pytest.mark.parametrize(
    "html",
    [
        "网站标识码：3399010009",
        "网站标识码:3399010009 ",
        "政府网站标识码：<span>3399010009</span>",
        "网站标识码 <a href='#'>3399010009</a>",
        "标识码（3399010009）",
        "网站标识码：３３９９０１０００９",
        "<p>网站标识码：&nbsp;3399010009&nbsp;&nbsp;示ICP备05000001号</p>",
        "<script>document.write('<span>网站标识码：3399010009</span>');</script>",
        '<script>var s = "主办：某办公室&nbsp;网站标识码：3399010009";</script>',
    ],
)
def test_every_spelling_of_the_code(html: str) -> None:
    assert footer(html)["id_code"] == "3399010009"


def test_letters_belong_to_a_code_and_longer_numbers_are_none() -> None:
    assert footer("标识码bm01000001　京ICP备05070218号")["id_code"] == "bm01000001"
    assert "id_code" not in footer("网站标识码：339901000912")


@pytest.mark.parametrize(
    ("html", "icp"),
    [
        ("浙ICP备05018911号", "浙ICP备05018911号"),
        ("浙ICP备05018911号-1", "浙ICP备05018911号-1"),
        ("浙 ICP备 05018911 号", "浙 ICP备 05018911 号"),
        ("浙ＩＣＰ备０５０１８９１１号－１", "浙ICP备05018911号-1"),
        ("<a>京ICP证030173号</a>", "京ICP证030173号"),
        ("ICP备案号：冀ICP备15003849号", "冀ICP备15003849号"),
    ],
)
def test_every_spelling_of_the_icp_number(html: str, icp: str) -> None:
    assert footer(html)["icp"] == icp


@pytest.mark.parametrize(
    "html",
    [
        "浙公网安备 33010602009328号",
        "浙公网安备33010602009328号",
        "冀公网安备： 33010602009328",
        "公安机关备案号：33010602009328",
        "<a href='http://www.beian.gov.cn/portal/registerSystemInfo?recordcode=33010602009328'><img src=x></a>",
        "<a href='https://beian.mps.gov.cn/#/query/webSearch?code=33010602009328'><img src=x></a>",
    ],
)
def test_every_spelling_of_the_police_number(html: str) -> None:
    assert "33010602009328" in footer(html)["police"]


@pytest.mark.parametrize(
    "html", ["主办：示例县人民政府", "主办单位: 示例县人民政府　承办单位：某中心", "主 办 单 位：示例县人民政府", "主办单位：示例县人民政府|版权所有"]
)
def test_every_spelling_of_the_sponsor(html: str) -> None:
    assert footer(html)["sponsor"] == "示例县人民政府"


def test_a_sponsor_in_a_news_item_is_not_the_sites() -> None:
    above = "<p>本次展会主办单位：某某协会</p>" + "<p>" + "很长的正文。" * 1_000 + "</p>"
    assert footer(above + "<div>主办：示例县人民政府</div>")["sponsor"] == "示例县人民政府"


@pytest.mark.parametrize(
    ("html", "mark"),
    [
        (
            "<script>document.write(unescape(\"%3Cscript src='https://dcs.conac.cn/js/12/185/0000/60459127/CA121850000604591270001.js'%3E\"));</script>",
            "CA121850000604591270001",
        ),
        (
            "<a href='http://bszs.conac.cn/sitename?method=show&amp;id=6E7CB5B74E9C6470E053022E1AAC62CE'><img src='red.png'></a>",
            "6E7CB5B74E9C6470E053022E1AAC62CE",
        ),
        ("<img src='https://dcs.conac.cn/image/red.png'>", "dcs.conac.cn"),
    ],
)
def test_every_form_of_the_official_mark(html: str, mark: str) -> None:
    assert footer(html)["conac"] == mark


def test_the_code_that_the_error_button_carries() -> None:
    assert footer("<script id='_jiucuo_' sitecode='3609000002' src='https://zfwzgl.www.gov.cn/exposure/jiucuo.js'></script>")["report_code"] == "3609000002"
    assert footer("<a href='http://pucha.kaipuyun.cn/exposure/jiucuo.html?site_code=3300000020&amp;url=x'>找错</a>")["report_code"] == "3300000020"


def stated(meta: dict[str, str] | None = None, foot: dict[str, str] | None = None) -> set[tuple[str, str]]:
    return {(issue.where, issue.name) for issue in issues(Identity(META | (meta or {}), FOOTER | (foot or {})), SITE, HOSTS)}


def test_what_agrees_is_no_issue() -> None:
    assert stated() == set()
    assert stated({"SiteDomain": "http://www.shili.gov.cn/"}) == set()
    assert stated({"SiteDomain": "ｓｈｉｌｉ．ｇｏｖ．ｃｎ"}) == set()
    assert stated({"SiteDomain": "old.shili.cn,shili.gov.cn:80"}) == set()
    assert stated({"SiteIDCode": " ３３９９０１０００９ "}) == set()
    assert stated({"SiteName": "中国·示例县人民政府"}) == set()


def test_what_disagrees_with_the_register() -> None:
    assert stated({"SiteIDCode": "3399010008"}) == {("meta", "SiteIDCode")}
    assert stated({"SiteDomain": "www.other.gov.cn"}) == {("meta", "SiteDomain")}
    assert stated({"SiteName": "别处县人民政府"}) == {("meta", "SiteName")}
    assert stated({}, {"id_code": "3399010008"}) == {("footer", "id_code")}
    assert stated({}, {"report_code": "3399010008"}) == {("footer", "report_code")}
    assert stated({"SiteName": "", "SiteDomain": ""}) == {("meta", "SiteName"), ("meta", "SiteDomain")}


def test_codes_are_compared_with_each_other_where_the_register_has_none() -> None:
    bare = SITE.model_copy(update={"id_code": ""})
    found = issues(Identity(META | {"SiteIDCode": "3399010001"}, FOOTER | {"id_code": "3399010002"}), bare, HOSTS)
    assert {(issue.where, issue.expected, issue.found) for issue in found} == {("meta", "3399010002", "3399010001"), ("footer", "3399010001", "3399010002")}


def test_a_footer_that_was_not_read_misses_nothing() -> None:
    assert issues(Identity(META, {}), SITE, HOSTS) == ()
    assert {issue.name for issue in issues(Identity(META, {"icp": "示ICP备05000001号"}), SITE, HOSTS)} == {"id_code", "police", "sponsor", "conac"}


def test_names_hosts_and_owners() -> None:
    assert same_name("示例市教育局", "示例市教育局网站")
    assert not same_name("示例市教育局", "示例市卫生局")
    assert same_name("中国宜春", "宜春市人民政府")
    assert same_name("中国烟台政府门户网站", "烟台市人民政府")
    assert not same_name("中国示例", "中国别处")
    assert not same_name("示例市人民政府", "示例县人民政府")
    assert not same_name("示例市教育局", "示例市人民政府")
    assert host_of("HTTPS://WWW.Shili.gov.cn:443/index.html?x=1") == "shili.gov.cn"
    assert owner_of(Identity({}, {"icp": "浙ICP备05018911号-3"})) == owner_of(Identity({}, {"icp": "浙 ICP备05018911号"})) == "浙ICP备05018911"
    assert owner_of(Identity({}, {"sponsor": "某局"})) == "某局"


def test_a_hostile_page_costs_no_time() -> None:
    page = "主办 " * 100_000 + "标识码" * 100_000 + "ICP备1-1-1-" * 50_000 + "公网安备" * 50_000 + "<" * 100_000
    assert isinstance(footer(page), dict)


@needed
def test_real_footers() -> None:
    def of(name: str) -> dict[str, str]:
        return identity_of(Page("http://x.invalid/", (FOLDER / name).read_bytes())).footer

    yichun = of("yichun_home_20231011.html")
    assert yichun["id_code"] == yichun["report_code"] == "3609000002"
    assert (yichun["icp"], yichun["police"], yichun["sponsor"]) == ("赣ICP备06000141号", "赣公网安备 36090202000004号", "宜春市人民政府")
    assert yichun["conac"] == "0ADCC2E0BA270DA2E053012819ACECB2"
    assert of("govcn_gongbao_article_2007.html")["id_code"] == "bm01000001"
    assert of("hd_list_202008_reduced.html")["sponsor"] == "邯郸市人民政府办公室"
