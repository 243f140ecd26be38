"""Words that tell how a page is made: one look at its bytes says which of them stand in it, so that no reader searches the whole page for each of its own."""

from collections.abc import Iterable

from ahocorasick_rs import BytesAhoCorasick, MatchKind

MARKS = (
    *("_CONFIG", "xxgk/", "unitbuild", "/front/page/build/unit", "loadPageData", "queryList", "_isJson", "/common/search/", "searchList/"),
    *("/fjdzapp/search", "showStatic", "dataproxy.jsp", "<record>", "<data", "createPage", "createPageHTML", "Pager({", "countPage"),
    *("/was5/web/search?", "/igs/front/search/", "/eportal/ui?", "/govsearch/jsonp/", "/search-front-server/api/search", "/szinf/info/getInfoCommon"),
    *("/u/search/", "/messageController/getMessage.do?", "/getManuscriptList", "/getDocList", "/api/list?", "/queryNewsList"),
    *(".json", "getJSON(", ".get(", ".ajax(", "fetch(", "axios", "XMLHttpRequest"),
    *("pagecount", "page-count", "totalpage", "total-page"),
    *("endtime", "end-time", "end_time", "enddate", "deadline", "expire", "jzsj", "jzrq"),
)
"""What readers ask a page for (`Page.holds`, `Page.may_hold`). Words of at least four signs, rare on pages that are made otherwise: each place where one stands costs time."""
ASCII_STAYS = frozenset({"utf-8", "gb18030"})
"""Encodings in which a word of ASCII is the same bytes, one a character, so that a page need not be decoded to look for it."""
LOWERED = {mark: mark.lower() for mark in MARKS}


class Words:
    """Words of ASCII without blanks, looked for all at once and in any letter case."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = tuple(dict.fromkeys(word.lower() for word in words))
        patterns = [word.encode("ascii") for word in self._words]
        self._reach = max(map(len, patterns))
        # Places apart from each other are found with the processor's wide registers, twenty times as fast as those that may overlap.
        self._apart = BytesAhoCorasick(patterns, matchkind=MatchKind.LeftmostFirst)
        self._all = BytesAhoCorasick(patterns)

    def held(self, text: bytes) -> frozenset[str]:
        """Those that stand in `text`, in lower case."""
        text = text.lower()
        if not (places := self._apart.find_matches_as_indexes(text)):
            return frozenset()
        near = b"\n".join(text[max(0, start - self._reach) : end + self._reach] for _, start, end in places)
        return frozenset(self._words[which] for which, _, _ in self._all.find_matches_as_indexes(near, overlapping=True))

    def places(self, text: bytes) -> list[int]:
        """Where they begin in `text`; of those that overlap, the first."""
        return [start for _, start, _ in self._apart.find_matches_as_indexes(text.lower())]


def has_alike(text: str) -> bool:
    """Whether a text holds a letter beyond ASCII that patterns take for an `i`, `s` or `k` of the other case, as `Words` do not."""
    return not text.isascii() and any(letter in text for letter in "\u0130\u0131\u017f\u212a")


_MARKS = Words(MARKS)


def marks_in(text: bytes) -> frozenset[str]:
    """The marks that stand in a text in any letter case, in lower case."""
    return _MARKS.held(text)
