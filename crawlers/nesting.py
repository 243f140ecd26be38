"""How deep a page may be nested: parsing takes time in the square of the depth, and browsers stop at 512 too."""

import re

_DEEPEST = 500
_SUSPICIOUS = 1500
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})(?=[\s/>])[^<>]{0,4000}>")
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "center",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "header",
        "hgroup",
        "main",
        "menu",
        "nav",
        "ol",
        "pre",
        "search",
        "section",
        "summary",
        "ul",
    ]
)
"""Elements for which a parser looks up the whole stack of open ones, to see whether a paragraph must end."""


def flattened(source: str) -> str:
    """The document without the start tags of blocks that stand deeper than 500 blocks; their content stays. One that closes what it opens is returned as it is."""
    opened = source.count("<")
    if opened <= _SUSPICIOUS or opened - 2 * source.count("</") <= _SUSPICIOUS:
        return source
    depth, kept, at = 0, [], 0
    for tag in _TAG.finditer(source):
        if tag[2].lower() not in _BLOCKS:
            continue
        if tag[1]:
            depth = max(0, depth - 1)
        elif depth >= _DEEPEST:
            kept.append(source[at : tag.start()])
            at = tag.end()
        else:
            depth += 1
    return "".join((*kept, source[at:])) if kept else source
