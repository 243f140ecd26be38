"""The text of a page: one line a block, as a walk that asks every node by name reads it."""

from hypothesis import given
from hypothesis import strategies as st

from crawlers.page import Page

_INLINE = ("a", "span", "b", "strong", "i", "em", "font", "u", "small", "label", "td", "th", "sup", "sub")
_SKIP = ("script", "style", "noscript", "template", "head")
_TAGS = (*_INLINE, *_SKIP, "p", "div", "li", "ul", "table", "tr", "h1", "br", "svg", "title", "textarea", "option", "select", "frameset", "own-name")
_PIECES = st.one_of(
    st.sampled_from([f"<{tag}>" for tag in _TAGS]),
    st.sampled_from([f"</{tag}>" for tag in _TAGS]),
    st.sampled_from(["文", " 一\t二 ", "\n", "\u3000", "&nbsp;", "x", "<!-- c -->", "<BR/>"]),
)


def plainly(page: Page) -> str:
    body = page.tree.body
    lines: list[str] = []
    block = -1
    for node in body.traverse(include_text=True) if body is not None else ():
        if node.tag != "-text":
            block = -1 if node.tag == "br" else block
            continue
        piece = " ".join((node.text_content or "").split())
        parent = node.parent
        if node.is_empty_text_node or not piece or parent is None or parent.tag in _SKIP:
            continue
        while parent.tag in _INLINE and (over := parent.parent) is not None:
            parent = over
        if parent.mem_id == block:
            lines[-1] += f" {piece}"
        else:
            lines.append(piece)
        block = parent.mem_id
    return "\n".join(lines)


@given(st.lists(_PIECES, max_size=20).map("".join))
def test_the_text_is_what_a_plain_walk_reads(body: str) -> None:
    page = Page("http://a.gov.cn/", f"<html><body>{body}".encode())

    assert page.text == plainly(page)


@given(st.lists(_PIECES | st.just("\ufffd"), max_size=12).map("".join), st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]))
def test_a_page_is_parsed_as_its_source_is(body: str, encoding: str) -> None:
    page = Page("http://a.gov.cn/", f"<p>中文</p>{body}".encode(encoding), f"text/html; charset={encoding.removesuffix('-sig')}")

    assert page.tree.html == Page("http://a.gov.cn/", page.source.encode()).tree.html
    assert page.tree.root is not None and "中文" in page.text


def test_bytes_that_are_no_utf8_are_parsed_as_they_are_read() -> None:
    page = Page("http://a.gov.cn/", b"<meta charset=utf-8><p>\xe6\x94\xff</p><p>\x81</p>", "text/html; charset=utf-8")

    assert page.text.replace("\n", "") in page.source.replace("</p><p>", "")
    assert page.tree.html == Page("http://a.gov.cn/", page.source.encode()).tree.html
