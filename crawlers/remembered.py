"""What was found out of a page stays beside it: who asks again has the small answer, and a page that was put to rest meanwhile is not parsed once more for it."""

from collections.abc import Callable, Hashable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

Of = TypeVar("Of")
Given = ParamSpec("Given")
Found = TypeVar("Found")


def remembered(read: Callable[Concatenate[Of, Given], Found]) -> Callable[Concatenate[Of, Given], Found]:
    """A reader of pages, or of what has a `page`, that answers a question about a page once. Its answer must not hold the page; its other arguments are hashable."""
    known: WeakKeyDictionary[object, dict[Hashable, Found]] = WeakKeyDictionary()

    @wraps(read)
    def once(of: Of, /, *args: Given.args, **kwargs: Given.kwargs) -> Found:
        page = getattr(of, "page", of)
        if (answers := known.get(page)) is None:
            answers = known[page] = {}
        asked = (args, *sorted(kwargs.items())) if kwargs else args
        if asked not in answers:
            answers[asked] = read(of, *args, **kwargs)
        return answers[asked]

    return once
