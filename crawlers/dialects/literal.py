"""A value that a script states as its authors write it: names without quotes, single quotes, commas at the end, `new Array(…)`. Read as text, never run."""

import re

_TOKEN = re.compile(
    r"""\s{0,200}(?:(?P<open>[\[{]|new\s{1,4}Array\s{0,4}\()|(?P<close>[\]})])|(?P<comma>,)|(?P<colon>:)|'(?P<single>(?:[^'\\\n]|\\.){0,3000})'|"(?P<double>(?:[^"\\\n]|\\.){0,3000})\""""
    r"""|`(?P<back>[^`$\\]{0,3000})`|(?P<number>-?\d{1,20}(?:\.\d{1,20})?)(?![\w$.])|(?P<word>[A-Za-z_$][\w$]{0,60})|(?P<comment>//[^\n]{0,2000}|/\*.{0,2000}?\*/))""",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}|\n|.)")
_SAID = {"n": "\n", "t": " ", "r": " ", "\n": ""}
_WORDS = {"true": True, "false": False, "null": None, "undefined": None}
_DEEPEST = 6
"""Levels of a value that are read."""


class _Other(Exception):
    """What stands there is no constant: something is computed, or it does not end."""


def literal_at(text: str, start: int, most: int = 200_000) -> tuple[object, int] | None:
    """The list or object of constants that begins at `start`, and where it ends; None when there is none, or when a part of it is computed. `most`: pieces that are read."""
    reader = _Reader(text, start, most)
    try:
        return reader.value(*reader.token(), depth=0), reader.at
    except _Other:
        return None


class _Reader:
    def __init__(self, text: str, at: int, most: int) -> None:
        self.text, self.at, self._left = text, at, most

    def token(self) -> tuple[str, str]:
        """The kind of the next piece, and the piece; comments are passed over."""
        while match := _TOKEN.match(self.text, self.at):
            self.at, self._left = match.end(), self._left - 1
            kind = match.lastgroup or ""
            if self._left < 0:
                break
            if kind != "comment":
                return kind, match[kind]
        raise _Other

    def value(self, kind: str, piece: str, *, depth: int) -> object:
        """The value that begins with a piece."""
        if kind in ("single", "double"):
            return _ESCAPE.sub(_unescaped, piece)
        if kind == "back":
            return piece
        if kind == "number":
            return float(piece) if "." in piece else int(piece)
        if kind == "word" and piece in _WORDS:
            return _WORDS[piece]
        if kind != "open" or depth >= _DEEPEST:
            raise _Other
        return self._object(depth + 1) if piece == "{" else self._list(")" if piece.startswith("new") else "]", depth + 1)

    def _list(self, closing: str, depth: int) -> list[object]:
        found: list[object] = []
        while True:
            kind, piece = self.token()
            if (kind, piece) == ("close", closing):
                return found
            if kind != "comma":
                found.append(self.value(kind, piece, depth=depth))
                self._end_or_comma(closing)

    def _object(self, depth: int) -> dict[str, object]:
        found: dict[str, object] = {}
        while True:
            kind, piece = self.token()
            if (kind, piece) == ("close", "}"):
                return found
            if kind == "comma":
                continue
            if kind not in ("word", "single", "double", "number") or self.token()[0] != "colon":
                raise _Other
            found[piece] = self.value(*self.token(), depth=depth)
            self._end_or_comma("}")

    def _end_or_comma(self, closing: str) -> None:
        """After a value only a comma or the end may stand: anything else computes something."""
        before = self.at
        kind, piece = self.token()
        if (kind, piece) == ("close", closing):
            self.at = before
        elif kind != "comma":
            raise _Other


def _unescaped(match: re.Match[str]) -> str:
    said = match[1]
    return chr(int(said[1:], 16)) if len(said) > 1 else _SAID.get(said, said)
