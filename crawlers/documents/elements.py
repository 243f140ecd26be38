"""Which of the elements that the dictionary asks of a column's documents a text names."""

from crawlers.columns import Column, normal


def named_in(column: Column, text: str) -> tuple[str, ...]:
    """Elements whose name or accepted spelling stands in the text, in the dictionary's order."""
    whole = normal_text(text)
    return tuple(name for name, spellings in column.elements.items() if any(normal(spelling) in whole for spelling in (name, *spellings)))


def normal_text(text: str) -> str:
    """A text without width variants, white space and ornaments, line by line."""
    return "\n".join(normal(line) for line in text.split("\n"))
