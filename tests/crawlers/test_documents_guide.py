"""The guide's nine elements: content counts, names do not; what stands in files or pictures is not lacking."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers.documents.guide import ELEMENTS, LABEL_BEGINS, LABELS, Reading, elements, gather, parts, read_page
from crawlers.page import Page

URL = "http://www.example.invalid/zn/index.html"
FOOT = '<div class="footer">主办：示例区人民政府办公室 地址：示例路9号 联系电话：0000-80009999 传真：0000-80009998 邮箱：foot@example.org</div>'
PROSE = "<p>" + "为了方便公民、法人和其他组织依法获取政府信息，本机关编制本指南，并根据工作实际及时更新。" * 8 + "</p>"

COLON = """<p>信息分类：机构职能、政策文件、规划、财政、重点领域等</p><p>编排体系：按索引号、名称、发布机构、发布日期编排</p><p>获取方式：网站查阅、档案馆和图书馆查阅点、依申请提供</p>
<p>机构名称：政府办公室政务公开科</p><p>办公地址：示例路1号行政中心3号楼</p><p>办公时间：工作日上午8:30至12:00，下午14:00至17:30</p><p>联系电话：0000-80000001</p><p>传真：0000-80000002</p>
<p>电子邮箱：gongkai@example.org</p>"""
TABLE = """<p>一、信息分类和编排体系</p><p>本机关政府信息分为机构职能、政策文件、规划计划三大类，按照索引号、名称、生成日期编排。</p><p>二、获取形式</p><p>公众可以通过示例区门户网站、政府公报查阅。</p>
<table><tr><td>受理机构</td><td>示例区人民政府办公室</td></tr><tr><td>办公地址</td><td>示例市示例路1号3楼</td></tr><tr><td>办公时间</td><td>周一至周五 9:00—17:00（法定节假日除外）</td></tr>
<tr><td>联系电话</td><td>80000001</td></tr><tr><td>传真</td><td>80000002</td></tr><tr><td>网址</td><td>www.example.org</td></tr></table>"""
HEADS = """<h3>（一）分类</h3><p>主动公开的政府信息包括：机构设置；政策法规；财政预决算；</p><h3>（二）编排体系</h3><p>每条信息由索引号、信息名称、内容概述等组成。</p><h3>（三）公开形式</h3><p>政府网站、新闻发布会、报刊、广播、电视等便于公众知晓的方式。</p>
<table><tr><th>机构名称</th><th>办公地址</th><th>办公时间</th><th>联系电话</th><th>传真</th><th>电子邮箱</th></tr>
<tr><td>示例区政务公开办</td><td>示例街道示例路2号</td><td>上午8:30-12:00</td><td>(0000)80000001</td><td>(0000)80000002</td><td>a@example.org</td></tr></table>"""
DL = """<dl><dt>分类</dt><dd>按主题分为综合政务、财政、教育等类别</dd><dt>编排体系</dt><dd>按发布日期由近及远排列</dd><dt>获取方式</dt><dd>登录网站查询、到查阅点查阅</dd><dt>机构名称</dt><dd>示例局办公室</dd><dt>办公地址</dt><dd>示例区示例大厦2楼</dd>
<dt>办公时间</dt><dd>星期一至星期五</dd><dt>联系电话</dt><dd>0000-80000001</dd><dt>传真</dt><dd>0000-80000002</dd><dt>电子邮箱</dt><dd><img src="mail.png"></dd></dl>"""
PROSED = """<p>本机关的政府信息分为三类：机构职能类、政策文件类、工作动态类。本机关按照索引号、名称、日期编排目录。公众可以通过示例区政府网站、档案馆、图书馆查阅本机关公开的信息。</p>
<p>本机关政府信息公开工作机构为示例区人民政府办公室，办公地址为示例市示例路1号，办公时间为工作日上午8时30分至12时、下午14时至17时，联系电话0000-80000001，传真0000-80000002，电子邮箱gongkai@example.org。</p>"""


def page(body: str) -> Page:
    return Page(URL, f"<html><head><title>公开指南</title></head><body><div class='menu'><a href='/'>联系电话</a></div>{body}{FOOT}</body></html>".encode())


@pytest.mark.parametrize("body", [COLON, TABLE, HEADS, DL, PROSED], ids=["colon", "table", "heads", "dl", "prose"])
def test_all_nine_are_found_however_they_are_laid_out(body: str) -> None:
    assert elements(page(PROSE + body)) == ELEMENTS


@pytest.mark.parametrize(
    ("old", "new", "lacking"),
    [
        ("0000-80000002", "", "传真"),
        ("0000-80000002", "无", "传真"),
        ("0000-80000002", "XXXX-XXXXXXXX", "传真"),
        ("0000-80000001", "", "联系电话"),
        ("gongkai@example.org", "", "互联网联系方式"),
        ("示例路1号行政中心3号楼", "", "办公地址"),
        ("示例路1号行政中心3号楼", "待补充", "办公地址"),
        ("工作日上午8:30至12:00，下午14:00至17:30", "", "办公时间"),
        ("政府办公室政务公开科", "", "机构名称"),
        ("按索引号、名称、发布机构、发布日期编排", "", "编排体系"),
        ("机构职能、政策文件、规划、财政、重点领域等", "", "分类"),
        ("网站查阅、档案馆和图书馆查阅点、依申请提供", "暂无", "获取方式"),
    ],
)
def test_a_label_with_nothing_behind_it_does_not_count(old: str, new: str, lacking: str) -> None:
    assert elements(page(PROSE + COLON.replace(old, new))) == tuple(name for name in ELEMENTS if name != lacking)


def test_spaced_out_labels_and_labels_above_their_content() -> None:
    spaced = "<p>联 系 电 话：0000-80000001</p><p>传　　真：0000-80000002</p><p>办 公 时 间：8:30-17:30</p><p>办 公 地 址：示例市示例路1号</p><p>受 理 机 构：示例局办公室</p>"
    assert elements(page(PROSE + spaced)) == ("机构名称", "办公地址", "办公时间", "联系电话", "传真")
    above = "<p><strong>联系电话</strong></p><p>0000-80000001</p><p><strong>办公时间</strong></p><p>每周一至周五（法定节假日除外）</p><p><strong>传真</strong></p><p>电子邮箱：a@example.org</p>"
    assert elements(page(PROSE + above)) == ("办公时间", "联系电话", "互联网联系方式")
    assert elements(page(PROSE + "<p>网上申请地址：http://www.example.org/sq</p>")) == ("互联网联系方式",)


def test_what_an_applicant_has_to_give_is_not_the_bodys_own() -> None:
    asked = "<p>申请人应当提供姓名或者名称、身份证明、联系方式；联系电话、通信地址、电子邮箱应当填写完整。申请表可以在受理机构处领取。</p>"
    assert elements(page(PROSE + asked)) == ()


def test_the_foot_of_the_site_is_not_the_guide() -> None:
    assert elements(page(PROSE * 2)) == ()


def test_names_quoted_from_the_law_are_not_elements() -> None:
    law = "<p>政府信息公开指南包括政府信息的分类、编排体系、获取方式和政府信息公开工作机构的名称、办公地址、办公时间、联系电话、传真号码、互联网联系方式等内容。</p>"
    assert elements(page(PROSE + law)) == ()


def test_an_empty_heading_is_not_filled_by_the_next_of_its_rank() -> None:
    body = "<h3>一、信息分类</h3><h3>二、编排体系</h3><p>按照发布日期由近及远排列，每页二十条。</p><h3>三、获取方式</h3><h3>四、机构名称</h3>"
    assert elements(page(PROSE + body)) == ("编排体系",)


def test_one_number_may_serve_telephone_and_fax() -> None:
    assert elements(page(PROSE + "<p>电话（传真）：0000-80000001</p>")) == ("联系电话", "传真")
    assert elements(page(PROSE + "<p>联系电话：80000001（兼传真）</p>")) == ("联系电话", "传真")
    assert elements(page(PROSE + "<p>联系电话：80000001</p>")) == ("联系电话",)


def test_an_address_of_a_letter_is_found_in_its_link() -> None:
    assert elements(page(PROSE + "<p>联系我们：<a href='mailto:a@example.org'>发送邮件</a></p>")) == ("互联网联系方式",)


@pytest.mark.parametrize(
    "body",
    [
        "<p>政府信息公开指南.pdf</p><a href='/f/zn.pdf'>政府信息公开指南</a>",
        "<p><img src='/zn.jpg'></p>",
        "<iframe src='/viewer.html'></iframe>",
        "<div id='app'></div><script>new Vue({el:'#app'});</script><p>联系电话：0000-80000001</p>",
    ],
)
def test_what_stands_in_files_pictures_and_scripts_is_not_lacking(body: str) -> None:
    assert elements(page(body)) is None


def test_parts_and_files_of_a_guide_are_read_with_it() -> None:
    main = page(
        "<p>本机关指南由下列部分组成。</p><a href='/zn/jg.html'>机构及联系方式</a><a href='/zn/fl.html'>分类与编排体系</a><a href='/f/zn.pdf'>指南全文</a><a href='http://other.invalid/zn.html'>公开指南</a>"
    )
    assert parts(main) == (("http://www.example.invalid/zn/jg.html", "http://www.example.invalid/zn/fl.html"), ("http://www.example.invalid/f/zn.pdf",))
    half = len(COLON.split("<p>机构名称")[0])
    held = {"/zn/jg.html": page(PROSE + COLON[half:]), "/zn/fl.html": page(PROSE + COLON[:half])}
    assert gather(main, lambda url: held[url[len("http://www.example.invalid") :]], lambda url: None) == Reading(ELEMENTS, True)
    lost = gather(main, lambda url: None, lambda url: None)
    assert lost == Reading((), False)
    text = "信息分类：机构职能、政策文件\n联系电话：0000-80000001"
    assert gather(page("<p>见附件</p><a href='/f/zn.pdf'>指南</a>"), lambda url: None, lambda url: text) == Reading(("分类", "联系电话"), True)
    assert gather(page("<p>见附件</p><a href='/f/zn.pdf'>指南</a>"), lambda url: None, lambda url: None) == Reading((), False)


def test_a_line_of_nothing_but_links_says_nothing_however_their_names_overlap() -> None:
    links = "".join(f"<a href='/{number}/'>{name}</a> " for number, name in enumerate(("联系", "联系方式", "机构名称:示例区政府办公室")))
    assert read_page(Page(URL, f"<html><body><div>{links}</div></body></html>".encode(), "text/html")).found == ()
    said = f"<html><body><div>{links}由本机关公布</div></body></html>"
    assert read_page(Page(URL, said.encode(), "text/html")).found == ("机构名称",)


def test_a_hostile_page_is_read_in_time() -> None:
    for body in ("联系电话" * 100_000, "信息分类：" * 60_000, "\t".join(["办公地址"] * 50_000), "<p>一、分类</p>" * 20_000):
        assert isinstance(read_page(page(body)), Reading)


@given(st.sampled_from(sorted(LABELS)).flatmap(lambda name: st.from_regex(LABELS[name], fullmatch=True)))
@settings(max_examples=500)
def test_no_label_begins_with_a_character_at_which_labels_are_not_looked_for(label: str) -> None:
    """`LABEL_BEGINS` is a gate before the nine patterns: a label that it does not know would never be found again."""
    assert label[0] in LABEL_BEGINS
