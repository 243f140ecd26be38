"""Where a page sends every reader, as its script or its frames say; what it does only for some (telephones, pages caught in a frame) is no jump."""

import re
from collections.abc import Sequence
from itertools import islice

_JUMP = re.compile(r"location(?:\.href)?\s*=\s*['\"]([^'\"]+)['\"]|location\.(?:replace|assign)\(\s*['\"]([^'\"]+)")
_BEFORE = 400
"""Characters before a jump in which its condition stands."""
_JUMPS = 30
_SCRIPT = re.compile(r"<script[^<>]{0,200}>|<!--", re.IGNORECASE)
_IF = re.compile(r"\b(?:if|switch|while)\s{0,5}\(")
_ELSE = re.compile(r"\belse\s{0,9}\{?[^{};]{0,40}$")
_SHORT_CIRCUIT = re.compile(r"(?:&&|\|\||\?|:)\s{0,9}\(?\s{0,9}(?:(?:window|self|top|parent|document)\s{0,3}\.)?\s{0,3}$")
_VIEWER = re.compile(r"\.(?:pdf|ofd|docx?|wps|xlsx?)(?:$|[?#&])|viewer[^?]{0,40}\?(?:[^&]{0,200}&)?file=", re.IGNORECASE)


def sends_to(source: str) -> str:
    """The address, as written, that a page's script sends every reader to; of two ways, the one that is left when the condition does not hold."""
    otherwise = ""
    for match in islice(_JUMP.finditer(source), _JUMPS):
        target = match.group(1) or match.group(2)
        before = source[max(0, match.start() - _BEFORE) : match.start()]
        before = _SCRIPT.split(before)[-1]
        if _ELSE.search(before) and not _IF.search(before[before.rindex("else") :]):
            otherwise = otherwise or target
        elif not _is_conditional(before):
            return target
    return otherwise


def frame_of(sources: Sequence[str]) -> str:
    """The frame that a page consists of; none when it shows a document in a reader: that document is the page's content, not another page."""
    return "" if any(_VIEWER.search(source) for source in sources) else next(iter(sources[-1:]), "")


def _is_conditional(before: str) -> bool:
    """Whether code that follows `before` runs only under a condition that stands in it."""
    if _SHORT_CIRCUIT.search(before):
        return True
    for match in _IF.finditer(before):
        body = _after_condition(before, match.end())
        opened = body.count("{") - body.count("}")
        if opened > 0 or ("{" not in body and "}" not in body and ";" not in body):
            return True
    return False


def _after_condition(text: str, start: int) -> str:
    """What follows the bracket that was opened just before `start`."""
    depth = 1
    for at in range(start, len(text)):
        depth += (text[at] == "(") - (text[at] == ")")
        if depth == 0:
            return text[at + 1 :]
    return ""
