"""发布机构: the label's value, normalised; never a date, an author or a counter."""

import pytest

from crawlers.documents.body import Body
from crawlers.documents.publisher import clean, read_publisher
from crawlers.page import Page


def publisher(body: str, head: str = "") -> str:
    return read_publisher(Body(Page("http://www.example.invalid/a.html", f"<html><head>{head}</head><body>{body}</body></html>".encode())))


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<div>索引号：002-2026-00018&nbsp;&nbsp;发布机构：示例区民政局&nbsp;&nbsp;发布日期：2026-03-02</div>", "示例区民政局"),
        ("<p>发布日期：2026-03-02 浏览次数：<script>n()</script> 信息来源：示例区发改局</p>", "示例区发改局"),
        ("<p>发布日期:2016-11-22浏览次数:信息来源:省发改委 字体：[ 大 中 小 ]</p>", "省发改委"),
        ("<table><tr><td>发布机构</td><td>示例市 教育局</td><td>文号</td><td>示教〔2026〕3号</td></tr></table>", "示例市教育局"),
        ("<table><tr><td>发文机关：</td><td>示例区人民政府办公室</td></tr></table>", "示例区人民政府办公室"),
        ("<dl><dt>公开主体：</dt><dd>示例镇人民政府</dd></dl>", "示例镇人民政府"),
        ("<p>来源：示例区卫生健康局 作者：张三</p>", "示例区卫生健康局"),
        ("<p>【来源：示例区生活垃圾分类办公室】</p>", "示例区生活垃圾分类办公室"),
        ("<p>来 源：示例日报</p><p>发布单位：示例街道办事处</p>", "示例街道办事处"),
        ("<p>来源：新华社</p><p>发布机构：示例区应急管理局</p>", "示例区应急管理局"),
        ("<p>来源：访问量:199 发布日期：2017-05-15</p>", ""),
        ("<p>来源：2026-03-02</p>", ""),
        ("<p>来源：本站</p>", ""),
        ("<p>来源：本站原创 作者：李四</p>", ""),
        ("<p>发布机构：</p><p>发布日期：2026-03-02</p>", ""),
        ("<p>资金来源：区财政局</p>", ""),
        ("<p>数据来源：统计局</p>", ""),
        ("<p>作者：王五 编辑：赵六</p>", ""),
        ("<p>来源：http://www.example.gov.cn</p>", ""),
        ("<p>来源：字体：[大 中 小]</p>", ""),
        ("<p>" + "来源：" * 50_000 + "</p>", ""),
    ],
)
def test_publisher(body: str, expected: str) -> None:
    assert publisher(body) == expected


def test_metadata_names_the_publisher_before_the_looser_label() -> None:
    assert publisher("<p>来源：新华社</p>", '<meta name="ContentSource" content="示例区 司法局">') == "示例区司法局"
    assert publisher("<p>来源：新华社</p>", '<meta name="ContentSource" content="2026-03-02">') == "新华社"
    assert publisher("<p>发布机构：示例区民政局</p>", '<meta name="ContentSource" content="示例区司法局">') == "示例区民政局"


def test_the_foot_is_not_the_document() -> None:
    assert publisher('<div><p>正文</p></div><div class="footer">发布机构：示例大数据中心</div>') == ""


@pytest.mark.parametrize(
    ("text", "name"),
    [("　示例区　民政局 ", "示例区民政局"), ("2026-03-02", ""), ("张三", ""), ("示例区财政局（国资办）", "示例区财政局(国资办)"), ("局" * 80, "")],
)
def test_clean(text: str, name: str) -> None:
    assert clean(text) == name
