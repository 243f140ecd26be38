"""Documents of columns end to end: opened from the list, read closely, confirmed or not, within the budget, and without a number of anybody."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from crawlers.columns import Column
from crawlers.documents import read
from crawlers.documents.record import Document
from crawlers.observation import SiteObservation, dump, load
from crawlers.status import DocumentKind, FetchStatus, Phase
from tests.crawlers.test_personal import BANK, CARD, MOBILE
from tests.crawlers.web import HOME, Answer, column, links, observe, page, view

NEWS = column("news", "政务要闻")
ASKED = column("consultation", "意见征集", reads="consultation", documents=5)
RESULT = column("consultation_result", "征集结果反馈")
POLICY = column("policy_documents", "政策文件", reads="policy", documents=5)
EXPLAINED = column("interpretation", "政策解读", reads="interpretation", documents=5)
ROSTER = column("relief", "社会救助", reads="roster", documents=3)
GUIDE = column("guide", "政府信息公开指南", kind="page", reads="guide", documents=1, elements=dict.fromkeys(("办公地址", "联系电话", "传真"), ()))

Pages = dict[str, Answer | list[Answer]]


def article(title: str, inside: str, day: str = "2026-03-02") -> str:
    return page(title, f"<h1>{title}</h1><p>发布日期：{day}　发布机构：示例区人民政府办公室</p><div>{inside}<p>{'请各单位结合实际抓好落实。' * 12}</p></div>")


def listed(*rows: tuple[str, str, str]) -> str:
    return "<ul class='list'>" + "".join(f"<li><a href='{url}'>{title}</a><span>{day}</span></li>" for url, title, day in rows) + "</ul>"


def site(name: str, url: str, rows: list[tuple[str, str, str]], more: Pages, *others: tuple[str, str]) -> Pages:
    home = page("示例区", links((name, url), ("政务要闻", "/news/"), ("政务服务", "/fw/"), ("走进示例", "/zj/"), ("专题专栏", "/zt/"), *others))
    news = page("要闻", listed(("/a/t20260330_1.html", "关于召开会议的通知", "2026-03-30"), ("/a/t20260329_2.html", "关于开展检查的通知", "2026-03-29")))
    return {
        HOME: home,
        HOME + "news/": news,
        HOME.rstrip("/") + url: page(name, listed(*rows)),
        **{HOME.rstrip("/") + path: answer for path, answer in more.items()},
    }


def documents(pages: Pages, columns: list[Column], tmp_path: Path, key: str, **more: int) -> tuple[tuple[Document, ...], SiteObservation]:
    observation = observe(pages, [*columns, NEWS], tmp_path, stale_after=None, **more)  # type: ignore[arg-type]
    seen = view(observation).sighting(key)
    assert seen is not None
    return seen.documents, observation


GOOD = """<p>现公开征求意见，时间为2026年3月2日至3月31日。意见请发送至gongkai@example.org，电话0000-80000001。</p><p>第一条 为规范停车，制定本办法。</p>
<h3>起草说明</h3><p>停车难问题突出。</p>"""
SHORT = """<p>因工作紧急，征求意见期限缩短为7天，请于2026年3月8日前将意见反馈至gongkai@example.org。</p><p><a href="/f/1.pdf">示例区养犬管理办法（征求意见稿）.pdf</a></p>"""


def test_consultations_with_their_period_and_outcome(tmp_path: Path) -> None:
    rows = [
        ("/a/t20260302_1.html", "关于公开征求《示例区停车管理办法（征求意见稿）》意见的公告", "2026-03-02"),
        ("/a/t20260302_2.html", "关于《示例区养犬管理办法》征求意见的公告", "2026-03-02"),
    ]
    more: Pages = {
        "/a/t20260302_1.html": article(rows[0][1], GOOD),
        "/a/t20260302_2.html": article(rows[1][1], SHORT),
        "/f/1.pdf": "%PDF-1.4\nstartxref\n0\n%%EOF\n",
        "/jg/": page(
            "反馈", listed(("/a/t20260331_3.html", "《示例区停车管理办法》意见采纳情况", "2026-03-31"), ("/a/t20260330_4.html", "其他结果反馈", "2026-03-30"))
        ),
    }
    found, observation = documents(site("意见征集", "/zj1/", rows, more, ("征集结果反馈", "/jg/")), [ASKED, RESULT], tmp_path, "consultation")
    full, short = found
    assert full.consultation is not None and short.consultation is not None
    assert (full.consultation.days, full.consultation.draft, full.consultation.explanation, full.consultation.channels) == (30, True, True, ("邮箱", "电话"))
    assert full.consultation.result_url == HOME + "a/t20260331_3.html"
    assert (full.published, full.publisher, full.confirmed, full.kind) == (date(2026, 3, 2), "示例区人民政府办公室", True, DocumentKind.CONSULTATION)
    assert (short.consultation.start, short.consultation.end, short.consultation.days) == (date(2026, 3, 2), date(2026, 3, 8), 7)
    assert "缩短" in short.consultation.reason
    assert (short.attachments[0].opens, short.attachments[0].type, short.attachments[0].name) == (True, "pdf", "示例区养犬管理办法(征求意见稿).pdf")
    assert short.confirmed is True
    assert observation.snapshot(short.snapshot) is not None
    assert [one.phase for one in observation.snapshots if one.url.endswith("_2.html") and "0302" in one.url] == [Phase.FIRST, Phase.SECOND]


@pytest.mark.parametrize(
    ("second", "confirmed", "days"), [(article("公告", GOOD), True, 30), (FetchStatus.TIMEOUT, False, 7), (500, False, 7), (412, False, 7)]
)
def test_what_is_lacking_is_looked_for_again(second: Answer, confirmed: bool, days: int, tmp_path: Path) -> None:
    rows = [("/a/t20260302_2.html", "关于《示例区养犬管理办法》征求意见的公告", "2026-03-02"), ("/x", "", "")]
    more: Pages = {"/a/t20260302_2.html": [article(rows[0][1], SHORT.replace("/f/1.pdf", "")), second]}
    found, _ = documents(site("意见征集", "/zj1/", rows[:1], more), [ASKED], tmp_path, "consultation")
    assert found[0].consultation is not None
    assert (found[0].confirmed, found[0].consultation.days) == (confirmed, days)


@pytest.mark.parametrize(
    ("trouble", "fetch"), [(FetchStatus.TIMEOUT, FetchStatus.TIMEOUT), (500, FetchStatus.HTTP_ERROR), (412, FetchStatus.SHIELD), (403, FetchStatus.HTTP_ERROR)]
)
def test_a_document_that_was_not_had_says_nothing(trouble: Answer, fetch: FetchStatus, tmp_path: Path) -> None:
    rows = [("/a/t20260302_2.html", "关于《示例区养犬管理办法》征求意见的公告", "2026-03-02")]
    found, _ = documents(site("意见征集", "/zj1/", rows, {"/a/t20260302_2.html": trouble}), [ASKED], tmp_path, "consultation")
    assert (found[0].fetch, found[0].consultation, found[0].confirmed) == (fetch, None, False)


def test_an_interpretation_and_its_document(tmp_path: Path) -> None:
    rows = [("/a/t20260305_1.html", "《示例区停车管理办法》政策解读", "2026-03-05"), ("/a/t20260304_2.html", "《示例区养犬管理办法》政策解读", "2026-03-04")]
    more: Pages = {
        "/a/t20260305_1.html": article(rows[0][1], "<p>相关文件：<a href='/a/t20260302_9.html'>示例区停车管理办法</a></p>", "2026-03-05"),
        "/a/t20260304_2.html": article(rows[1][1], "<p>正文</p>", "2026-03-04"),
        "/a/t20260302_9.html": article(
            "关于印发《示例区停车管理办法》的通知", "<p>解读：<a href='/a/t20260305_1.html'>政策解读</a></p><p>本办法自2026年3月2日起施行，有效期5年。</p>"
        ),
        "/zc/": page(
            "政策",
            listed(("/a/t20260302_9.html", "关于印发《示例区停车管理办法》的通知", "2026-03-02"), ("/a/t20260301_8.html", "示例区工作要点", "2026-03-01")),
        ),
        "/a/t20260301_8.html": article("示例区工作要点（已失效）", "<p>正文</p>", "2026-03-01"),
    }
    pages = site("政策解读", "/jd/", rows, more, ("政策文件", "/zc/"))
    (paired, alone), observation = documents(pages, [EXPLAINED, POLICY], tmp_path, "interpretation")
    assert paired.pairing is not None
    assert (paired.pairing.policy_url, paired.pairing.working_days, paired.pairing.linked, paired.pairing.linked_back) == (
        HOME + "a/t20260302_9.html",
        3,
        True,
        True,
    )
    assert (paired.confirmed, alone.pairing, alone.confirmed) == (True, None, True)
    assert "没有找到" in alone.note
    policies = view(observation).sighting("policy_documents")
    assert policies is not None
    assert [one.validity and (one.validity.label, one.validity.until) for one in policies.documents] == [("", date(2031, 3, 1)), ("失效", None)]


def test_rosters_name_kind_place_and_a_masked_form_only(tmp_path: Path) -> None:
    table = f"<table><tr><td>姓名</td><td>身份证号</td><td>联系电话</td><td>银行卡号</td></tr><tr><td>张三</td><td>{CARD}</td><td>{MOBILE}</td><td>{BANK}</td></tr></table>"
    rows = [("/a/t20260302_1.html", f"示例区救助对象名单{CARD}", "2026-03-02"), ("/a/t20260301_2.html", "示例区救助政策", "2026-03-01")]
    more: Pages = {
        "/a/t20260302_1.html": article("名单", f"{table}<p>另有李四，身份证{CARD}。</p><a href='/f/{CARD}.csv'>名单{CARD}.csv</a>"),
        "/a/t20260301_2.html": article("政策", "<p>救助政策</p>"),
    }
    (found, clean), observation = documents(site("社会救助", "/jz/", rows, more), [ROSTER], tmp_path, "relief")
    assert [(one.kind, one.where) for one in found.personal] == [
        ("id_card", "表格1第2行「身份证号」列"),
        ("mobile", "表格1第2行「联系电话」列"),
        ("bank_card", "表格1第2行「银行卡号」列"),
        ("id_card", found.personal[3].where),
        ("id_card", found.personal[4].where),
    ]
    assert all(one.where.startswith("正文第") for one in found.personal[3:])
    assert (found.confirmed, clean.personal) == (True, ())
    told = repr(found) + repr(clean)
    assert not re.search(r"\d{17}[\dXx]", told.replace(f"/f/{CARD}.csv", ""))
    assert CARD not in told.replace(f"/f/{CARD}.csv", "") and BANK not in told and MOBILE not in told
    assert observation.pages < 40


def test_a_roster_in_a_file_that_nobody_could_read_is_not_taken_for_clean(tmp_path: Path) -> None:
    rows = [("/a/t20260302_1.html", "示例区救助对象名单", "2026-03-02")]
    more: Pages = {"/a/t20260302_1.html": article("名单", "<p>名单见附件</p><a href='/f/1.pdf'>名单.pdf</a>"), "/f/1.pdf": "%PDF-1.4\nstartxref\n0\n%%EOF\n"}
    (found,), _ = documents(site("社会救助", "/jz/", rows, more), [ROSTER], tmp_path, "relief")
    assert found.personal == ()
    assert "附件「名单.pdf」（pdf）未能读取" in found.note


def test_no_number_of_anybody_is_in_a_dumped_observation(tmp_path: Path) -> None:
    table = f"<table><tr><td>户主姓名</td><td>公民身份号码</td><td>一卡通账号</td><td>手机</td></tr><tr><td>张三</td><td>{CARD}</td><td>{BANK}</td><td>{MOBILE}</td></tr></table>"
    rows = [("/a/t20260302_1.html", f"示例区救助对象名单{CARD}", "2026-03-02"), ("/a/t20260301_2.html", "示例区救助政策", "2026-03-01")]
    more: Pages = {
        "/a/t20260302_1.html": article("名单", f"{table}<p>张三 {CARD}</p><a href='/f/1.csv'>{CARD}名单.csv</a>"),
        "/a/t20260301_2.html": article("政策", "<p>救助</p>"),
    }
    _, observation = documents(site("社会救助", "/jz/", rows, more), [ROSTER], tmp_path, "relief")
    dumped = dump(observation).decode()
    assert "id_card" in dumped
    assert not re.search(r"(?<![0-9a-f])\d{17}[\dXx](?![0-9a-f])", dumped)
    assert BANK not in dumped and MOBILE not in dumped
    (tmp_path / "demo.json").write_text(dumped, "utf-8")
    assert load(tmp_path / "demo.json") == observation


WORDS = "<p>" + "为了方便公民、法人和其他组织获取信息，编制本指南。" * 20 + "</p>"
TEXT = WORDS + "<p>办公地址：示例路1号3号楼</p><p>联系电话：0000-80000001</p>"


def test_a_guide_that_lacks_an_element_is_looked_at_twice(tmp_path: Path) -> None:
    pages = site("政府信息公开指南", "/zn/", [], {"/zn/": page("指南", TEXT)})
    found, observation = documents(pages, [GUIDE], tmp_path, "guide")
    seen = view(observation).sighting("guide")
    assert seen is not None
    assert (seen.elements, seen.confirmed, seen.elements_unread) == (("办公地址", "联系电话"), True, False)
    assert found[0].elements == seen.elements
    again = observe(
        site("政府信息公开指南", "/zn/", [], {"/zn/": [page("指南", TEXT), page("指南", TEXT + "<p>传真：0000-80000002</p>")]}),
        [GUIDE, NEWS],
        tmp_path,
        stale_after=None,
    )
    healed = view(again).sighting("guide")
    assert healed is not None
    assert (healed.elements, healed.confirmed) == (("办公地址", "联系电话", "传真"), True)


def test_a_guide_in_a_file_is_not_lacking(tmp_path: Path) -> None:
    pages = site(
        "政府信息公开指南", "/zn/", [], {"/zn/": page("指南", "<p>指南见附件</p><a href='/f/zn.pdf'>政府信息公开指南</a>"), "/f/zn.pdf": "%PDF-1.4 scan"}
    )
    _, observation = documents(pages, [GUIDE], tmp_path, "guide")
    seen = view(observation).sighting("guide")
    assert seen is not None
    assert (seen.elements, seen.elements_unread) == ((), True)


def test_documents_stay_within_their_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "PAGES", 100)
    wide = column("consultation", "意见征集", reads="consultation", documents=30)
    days = [date(2026, 3, 30) - timedelta(days=number) for number in range(30)]
    rows = [(f"/a/t{day:%Y%m%d}_1.html", f"关于《示例区第{number}号办法》征求意见的公告", f"{day}") for number, day in enumerate(days)]
    files = "".join(f"<a href='/f/{{0}}_{number}.pdf'>附件{number}.pdf</a>" for number in range(9))
    more: Pages = {url: article(title, SHORT + files.format(number)) for number, (url, title, _) in enumerate(rows)}
    found, observation = documents(site("意见征集", "/zj1/", rows, more), [wide], tmp_path, "consultation", budget=400)
    assert len(found) == 30
    late = [one for one in found if one.fetch is FetchStatus.CANCELLED]
    # Each costs its page twice and a file of its own twice; one file they share.
    assert 24 <= len(found) - len(late) <= 26
    assert observation.scopes
    assert late and all(one.consultation is None and "未打开" in one.note for one in late)


def test_documents_of_other_sites_are_not_opened(tmp_path: Path) -> None:
    rows = [
        ("http://other.invalid/a/t20260302_1.html", "关于《别处办法》征求意见的公告", "2026-03-02"),
        ("/a/t20260301_2.html", "关于《示例区办法》征求意见的公告", "2026-03-01"),
    ]
    found, observation = documents(site("意见征集", "/zj1/", rows, {"/a/t20260301_2.html": article(rows[1][1], GOOD)}), [ASKED], tmp_path, "consultation")
    assert [one.url for one in found] == [HOME + "a/t20260301_2.html"]
    assert not any("other.invalid" in one.url for one in observation.snapshots)
