"""Numbers of tags, as the parser keeps them: to ask a node for its number (`tag_id`) makes no string."""

from selectolax.lexbor import LexborHTMLParser

_SAMPLE = LexborHTMLParser("<body>text<!-- -->")


def tags(*names: str) -> frozenset[int]:
    """The numbers of some tags."""
    return frozenset(_SAMPLE.create_node(name).tag_id for name in names)


TEXT, COMMENT = (node.tag_id for node in _SAMPLE.css("body")[0].iter(include_text=True))
"""The numbers of every text and of every comment."""
