"""Where a page sends every reader by itself, as its script or its frames say.

What it does only for some (telephones, pages caught in a frame) or when somebody clicks, searches or answers is no jump.
"""

import re
from collections.abc import Sequence
from itertools import islice

_JUMP = re.compile(r"location(?:\.href)?\s*=\s*['\"]([^'\"]+)['\"]|location\.(?:replace|assign)\(\s*['\"]([^'\"]+)")
_BEFORE = 400
"""Characters before a jump in which its condition stands."""
_JUMPS = 30
_SCRIPT = re.compile(r"<script[^<>]{0,200}>|<!--", re.IGNORECASE)
_OPENED = re.compile(r"<script\b[^<>]{0,300}>", re.IGNORECASE)
_CLOSED = re.compile(r"</script", re.IGNORECASE)
_IF = re.compile(r"\b(?:if|switch|while)\s{0,5}\(")
_ELSE = re.compile(r"\belse\s{0,9}\{?[^{};]{0,40}$")
_SHORT_CIRCUIT = re.compile(r"(?:&&|\|\||\?|:)\s{0,9}\(?\s{0,9}(?:(?:window|self|top|parent|document)\s{0,3}\.)?\s{0,3}$")
_VIEWER = re.compile(r"\.(?:pdf|ofd|docx?|wps|xlsx?)(?:$|[?#&])|viewer[^?]{0,40}\?(?:[^&]{0,200}&)?file=", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"\s([a-z]{2,20})\s{0,3}=\s{0,3}(?:\"[^\"<>]*|'[^'<>]*)$", re.IGNORECASE)
_FUNCTION = re.compile(r"(?:\bfunction\b\s{0,5}(?P<name>[\w$]{0,60})\s{0,5}\([^(){}]{0,200}\)|(?:\([^(){}]{0,200}\)|[\w$]{1,40})\s{0,5}=>)\s{0,5}$")
_NAMED = re.compile(r"(?:\b(?:var|let|const)\s+|\.|^|[\s;,{])([\w$]{1,60})\s{0,5}[=:]\s{0,5}(?:async\s+)?$")
_ON_LOAD = re.compile(
    r"\b(?:setTimeout|setInterval|requestAnimationFrame)\s{0,5}\(\s{0,5}$|\bonload\s{0,5}=\s{0,5}$|(?:\$|jQuery|\.ready)\s{0,5}\(\s{0,5}$|"
    r"['\"](?:load|DOMContentLoaded|pageshow)['\"]\s{0,5},\s{0,5}$|(?:^|[;}!+~\n]|\*/)\s{0,20}[!+~(]{1,2}$"
)
"""What stands before a function that runs without anybody doing anything: a timer, an event of loading, a bracket that is called at once."""
_AHEAD = 120
_NESTED, _CALLS = 2, 8
_READ, _BACK = 100_000, 8_000
"""Characters of a page that are read for jumps, and before a jump for what it stands in: a page that sends its readers on is short."""


def sends_to(source: str) -> str:
    """The address, as written, that a page's script sends every reader to by itself; of two ways, the one that is left when the condition does not hold."""
    otherwise, source = "", source[:_READ]
    for match in islice(_JUMP.finditer(source), _JUMPS):
        target = match.group(1) or match.group(2)
        before = source[max(0, match.start() - _BEFORE) : match.start()]
        before = _SCRIPT.split(before)[-1]
        if _ELSE.search(before) and not _IF.search(before[before.rindex("else") :]):
            otherwise = otherwise or (target if _runs(source, match.start()) else "")
        elif not _is_conditional(before) and _runs(source, match.start()):
            return target
    return otherwise


def frame_of(sources: Sequence[str]) -> str:
    """The frame that a page consists of; none when it shows a document in a reader: that document is the page's content, not another page."""
    return "" if any(_VIEWER.search(source) for source in sources) else next(iter(sources[-1:]), "")


def _runs(source: str, at: int, depth: int = 0) -> bool:
    """Whether what stands at a place of the document runs when the page is opened: in a script and in no function that waits to be called, or as the page's `onload`."""
    opened = list(_OPENED.finditer(source, 0, at))
    if not opened or _CLOSED.search(source, opened[-1].end(), at):
        return _is_onload(source, at) or not (opened or "<" in source[:at])
    start = opened[-1].end()
    closed = _CLOSED.search(source, at)
    script = source[start : closed.start() if closed else len(source)]
    for brace in _enclosing(script, at - start):
        head = script[max(0, brace - _AHEAD * 2) : brace]
        if (function := _FUNCTION.search(head)) is None:
            continue  # a condition, a loop, an object
        ahead = head[: function.start()]
        if _ON_LOAD.search(ahead):
            continue
        name = function["name"] or (named[1] if (named := _NAMED.search(ahead)) else "")
        if not name or depth >= _NESTED or not _is_called(source, name, depth):
            return False
    return True


def _enclosing(script: str, at: int) -> list[int]:
    """Places of the braces that are open at `at`, innermost first."""
    found, depth = [], 0
    for place in range(min(at, len(script)) - 1, max(-1, at - _BACK), -1):
        if script[place] == "}":
            depth += 1
        elif script[place] == "{":
            if depth:
                depth -= 1
            else:
                found.append(place)
    return found


def _is_called(source: str, name: str, depth: int) -> bool:
    """Whether a named function runs by itself: called by what runs, given to a timer or to an event of loading."""
    for match in islice(re.finditer(rf"(?<![\w$]){re.escape(name)}(?![\w$])", source), _CALLS):
        before, after = source[max(0, match.start() - _AHEAD) : match.start()], source[match.end() : match.end() + 8].lstrip()
        if re.search(r"\bfunction\s+$", before) or after[:1] in ("=", ":"):
            continue
        handed = _ON_LOAD.search(before.rstrip("'\"")) is not None
        if (handed or after.startswith("(")) and _runs(source, match.start(), depth + 1):
            return True
    return False


def _is_onload(source: str, at: int) -> bool:
    """Whether a place stands in the attribute `onload`."""
    attribute = _ATTRIBUTE.search(source[source.rfind("<", 0, at) + 1 : at])
    return attribute is not None and attribute[1].lower() == "onload"


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
