"""Labels of normative documents: where they are read, and what is not a label of this document."""

from datetime import date

import pytest

from crawlers.dates.spelling import number
from crawlers.documents.body import Body
from crawlers.documents.days import days_in, later
from crawlers.documents.record import Validity
from crawlers.documents.validity import read_validity
from crawlers.page import Page

AS_OF = date(2026, 6, 1)
PUBLISHED = date(2026, 2, 1)


def validity(body: str, title: str = "示例区管理办法", listed: str = "", published: date | None = PUBLISHED) -> Validity | None:
    page = Page("http://www.example.invalid/a.html", f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{body}</body></html>".encode())
    return read_validity(Body(page), AS_OF, published, listed)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<table><tr><td>有效性</td><td>有效</td><td>文号</td><td>示政发〔2026〕1号</td></tr></table>", Validity("有效", None, "有效性字段")),
        ("<p>文件状态：现行有效</p>", Validity("有效", None, "有效性字段")),
        ("<p>[有效性] 废止</p>", Validity("废止", None, "有效性字段")),
        ("<p>有 效 性：有效</p>", Validity("有效", None, "有效性字段")),
        ("<p>【有效性】：废止</p>", Validity("废止", None, "有效性字段")),
        ("<dl><dt>时效性：</dt><dd>已失效</dd></dl>", Validity("失效", None, "有效性字段")),
        ("<p>是否有效：否</p>", Validity("失效", None, "有效性字段")),
        ("<p>有效性：已被修改</p>", Validity("修改", None, "有效性字段")),
        ("<p>有效性：</p><p>发布日期：2026-02-01</p>", None),
        ("<p>有效性：有效期内的许可证</p>", None),
        ("<p>本文件已废止。</p>", Validity("废止", None, "正文说明")),
        ("<p>此件已被《示例区人民政府关于废止部分文件的决定》（示政发〔2026〕3号）废止</p>", Validity("废止", None, "正文说明")),
        ("<p>本通知自2026年3月1日起废止。</p>", Validity("废止", None, "正文说明")),
        ("<p>本通知自2027年3月1日起废止。</p>", None),
        ("<p>该文件已失效</p>", Validity("失效", None, "正文说明")),
        ("<p>（已失效）</p>", Validity("失效", None, "页面标注")),
        ("<p>本办法自2026年3月1日起施行，《示例区旧办法》（示政发〔2020〕1号）同时废止。</p>", None),
        ("<p>此前发布的有关规定同时废止。</p>", None),
        ("<p>有效期满后本办法自动失效。</p>", None),
        ("<p>《示例区旧办法》已废止，现就有关事项通知如下。</p>", None),
        ("<p>本办法施行前已废止的文件不再执行。</p>", None),
        ("<p>许可证有效期5年，有效期至2030年12月31日。</p>", None),
        ("<p>本办法规定的资格证书有效期为3年。</p>", None),
        ("<p>本办法自2026年3月1日起施行，有效期5年。</p>", Validity("", date(2031, 2, 28), "正文有效期")),
        ("<p>本办法自2026年3月1日起施行。有效期五年。</p>", Validity("", date(2031, 2, 28), "正文有效期")),
        ("<p>本通知自发布之日起施行，有效期2年。</p>", Validity("", date(2028, 1, 31), "正文有效期")),
        ("<p>本通知自印发之日起30日后施行，有效期2年。</p>", None),
        ("<p>本意见自2026年1月1日起施行，有效期至2027年12月31日。</p>", Validity("", date(2027, 12, 31), "正文有效期")),
        ("<p>本意见有效期自2026年1月1日至2030年12月31日</p>", Validity("", date(2030, 12, 31), "正文有效期")),
        ("<p>有效期至：2027-12-31</p>", Validity("", date(2027, 12, 31), "正文有效期")),
        ("<table><tr><td>失效日期</td><td>2027-12-31</td><td>有效性</td><td>有效</td></tr></table>", Validity("有效", date(2027, 12, 31), "有效性字段")),
        ("<p>本方案试行期一年，自2026年3月1日起施行。</p>", None),
        ("<p>本方案自2026年3月1日起施行，试行期一年。</p>", Validity("", date(2027, 2, 28), "正文有效期")),
        ("<p>本" + "文件自" * 100_000 + "</p>", None),
        ("<p>" + "本文件已" * 50_000 + "</p>", None),
    ],
)
def test_validity(body: str, expected: Validity | None) -> None:
    assert validity(body) == expected


def test_a_title_labels_its_document() -> None:
    assert validity("", "示例区管理办法（已失效）") == Validity("失效", None, "标题")
    assert validity("", "【废止】示例区管理办法") == Validity("废止", None, "标题")
    assert validity("", "示例区人民政府关于废止部分规范性文件的决定") is None
    assert validity("", "关于公布继续有效、废止和失效文件目录的通知") is None


def test_what_the_list_says_is_kept() -> None:
    assert validity("", listed="废止") == Validity("废止", None, "列表")
    assert validity("<p>有效性：有效</p>", listed="废止") == Validity("有效", None, "有效性字段")
    assert validity("", listed="某某") is None


def test_dates_in_running_text() -> None:
    near = date(2026, 12, 20)
    found = [(one.day, one.dated) for one in days_in("自2026年12月20日至1月18日，二〇二七年二月三日，3.5万元，2027-3-4，13月40日", near)]
    assert found == [(date(2026, 12, 20), True), (date(2027, 1, 18), False), (date(2027, 2, 3), True), (date(2027, 3, 4), True)]


@pytest.mark.parametrize(("text", "value"), [("三十", 30), ("十", 10), ("二十一", 21), ("30", 30), ("两", 2), ("百", None), ("", None), ("十十", None)])
def test_numbers(text: str, value: int | None) -> None:
    assert number(text) == value


def test_spans_end_on_their_last_day() -> None:
    assert later(date(2026, 5, 1), 30, "day") == date(2026, 5, 30)
    assert later(date(2026, 5, 1), 1, "month") == date(2026, 5, 31)
    assert later(date(2026, 1, 31), 1, "month") == date(2026, 2, 28)
    assert later(date(2024, 2, 29), 1, "year") == date(2025, 2, 28)
    assert later(date(2026, 5, 1), 9999, "year") is None
