"""The dictionary of required columns (栏目), `data/columns.yml`: canonical name, accepted aliases, kind, usual maximum age."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Annotated, Literal, TypeVar

import yaml
from ahocorasick_rs import AhoCorasick
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from crawlers import yml
from crawlers.status import DocumentKind, Match

DICTIONARY = Path(__file__).resolve().parent.parent / "data" / "columns.yml"
Asked = TypeVar("Asked")
Answered = TypeVar("Answered")
Kind = Literal["section", "list", "page", "entry"]


class ColumnsError(ValueError):
    """The dictionary cannot be used; the message names the entry and the remedy."""


class Column(BaseModel):
    """One required column.

    kind: section (a heading over other columns) | list (dated items) | page (one text) | entry (a way to do something).
    near: words of which a link that holds one may be the column, though an assessor would have to see. days: usual maximum age of the newest item, None where freshness is not asked. pages: how many list pages are worth reading.
    elements: names (with accepted spellings) looked for in the text of a `page`, or of the documents that are read closely. reads, documents: how its newest items are read closely, and how many of them;
    first: words by which an item's title puts it before newer ones. obligation: row of OBLIGATIONS, e.g. `E7`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    name: str
    aliases: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    kind: Kind = "list"
    days: Annotated[int, Field(gt=0)] | None = None
    pages: Annotated[int, Field(gt=0, le=50)] = 1
    parent: str = ""
    obligation: str = ""
    elements: dict[str, tuple[str, ...]] = {}
    reads: DocumentKind | None = None
    documents: Annotated[int, Field(ge=0, le=30)] = 0
    first: tuple[str, ...] = ()

    @cached_property
    def spellings(self) -> frozenset[str]:
        """Normal forms of the name and its aliases."""
        return frozenset(normal(name) for name in (self.name, *self.aliases))

    def called(self, text: str) -> bool:
        """Whether a text is the column's name or an accepted alias."""
        return not self.spellings.isdisjoint(readings(text))


class Dictionary(BaseModel):
    """The whole of `data/columns.yml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: Literal[1]
    columns: tuple[Column, ...]


_SIGNS = r"\s\u3000\u00ad\u200b-\u200f\u2060\ufeff\ue000-\uf8ff>»›·•|:：、,，\-—_\[\]【】()（）<《》▶►◆■□●○★☆→"
_NOISE = re.compile(f"[{_SIGNS}]+")
_SIMPLE = str.maketrans(
    "專業為義鄉產價眾優會債黨興關養決況準創劃辦務動勞區醫協單衛縣雙發變聽員團國圖場堅處備實審對導層屬庫應開錄徵態總戰執護報據數時機權條來構標欄檢濟測熱環現療監礦礎穩籌簡納線組織紹經結統編網罰職聯脫藥營補規見計讓議訊許設訪證評試訴詢請讀調談財責質貧購費資轉遷運進郵採鎮長門問聞陣險隨難項須預領風饋驗與題體農佈臺後復歷釋",
    "专业为义乡产价众优会债党兴关养决况准创划办务动劳区医协单卫县双发变听员团国图场坚处备实审对导层属库应开录征态总战执护报据数时机权条来构标栏检济测热环现疗监矿础稳筹简纳线组织绍经结统编网罚职联脱药营补规见计让议讯许设访证评试诉询请读调谈财责质贫购费资转迁运进邮采镇长门问闻阵险随难项须预领风馈验与题体农布台后复历释",
)
"""Traditional characters of names of columns: a site's other version bears the same names."""
_YEAR = re.compile(r"\d{4}")
_MORE = re.compile(r"(更多|more|new)$", re.IGNORECASE)
_ORDINAL = re.compile(r"^\s*(?:[(（]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[)）、.．]|0\d\s|[①-⑳⓪㈠-㈩]|第[一二三四五六七八九十]{1,2}[、：:])\s*(?=\D)")
_NUMBERED, _READ_OFF = "第一二三四五六七八九十", 4
"""Chinese characters of an ordinal; how many of them, and of a counter, are read off a name at most."""
_COUNTER = re.compile(
    r"\s*(?:[(（\[【]\s*(?!(?:19|20)\d\d\s*[年)）\]】])\d{1,6}\s*[条个篇项件]?\s*[)）\]】]|(?<=\s)\d{1,3}\s*[条个篇项件]?|(?<=[^\d\s])\d{1,6}[条篇件])\s*$"
)
_TAIL = re.compile(r"(?<=[\u4e00-\u9fff])[\s\W]*(?:[A-Za-z][A-Za-z &'’.-]{5,60}|hot|go|top|enter|\++)[\s>»+]*$", re.IGNORECASE)
_FILLER = re.compile(r"(?:点击|查看|进入|了解|浏览|请)?(?:更多|详情|全部|栏目|频道|专栏入口|进入)?[>»›+.…\s]*")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_MARKS = re.compile(r"[/／\"'“”‘’＂＇「」『』。;；]+")
_CUTS = ("..", "…")
_CUT = re.compile(r"(?:\.{2,}|…+)$")
_BODY = re.compile(r"(?:[局委办厅处镇乡]|中心|街道|委员会|办公室|管委会|公司|协会|学校|医院|大队|支队)$")
"""How names of bodies end: 「市生态环境局」 is no column of 「生态环境」."""
_BESIDE = 8
_NEAR = 6
_SHORTEST, _LONGEST = 4, 40
_KEPT = 16_384
_ABOVE = re.compile(r"^(?:政府信息|信息|政务|政府)公开(?:工作)?")
"""What names begin with that stand below the platform; there, a site may leave it out: 「指南」."""


def normal(text: str) -> str:
    """A name without width variants, white space and ornaments: 「政府信息 公开指南>>」 and 「政府信息公开指南」 are the same name."""
    return _normal(text) if len(text) <= 40 else _normal.__wrapped__(text)


@lru_cache(16_384)
def shortest(names: tuple[str, ...]) -> int:
    """Characters of the shortest of the names that a link goes by; 0 where it has none."""
    return min((len(normal(name)) for name in names), default=0)


@lru_cache(16_384)
def _normal(text: str) -> str:  # the menus of a site say the same on every page
    return _MORE.sub("", _NOISE.sub("", unicodedata.normalize("NFKC", text).translate(_SIMPLE)))


@lru_cache(64)
def beginning(names: frozenset[str], numbered: str = "", beside: int = 0) -> re.Pattern[str]:
    """What matches the beginning of every text whose normal form is one of some names. Most others are told apart by their first character or by their length, much faster than by their form.

    `numbered`: Chinese characters that may stand before a name, `beside`: how many of them, and of others behind it.
    """
    letters = {name[0] for name in names if name}
    written = letters | {letter for letter in map(chr, _SIMPLE) if letter.translate(_SIMPLE) in letters} | set(numbered)
    many = max(map(len, names), default=0) + len("更多") + beside + 1
    # Signs, letters and digits have other forms; Chinese characters have none, and stay.
    return re.compile(f"(?!(?:[^\u4e00-\u9fff]*[\u4e00-\u9fff]){{{many}}})[{_SIGNS}]*(?:[^\u4e00-\u9fff]|[{re.escape(''.join(sorted(written)))}])")


def readings(text: str) -> tuple[str, ...]:
    """The normal forms a name may be read as: as it stands, then without a leading number (「一、」), a counter (「(12)」), its English under it, or quotes and strokes within."""
    bare = _TAIL.sub("", _COUNTER.sub("", _ORDINAL.sub("", text.strip()[:80])))
    forms = (normal(text), normal(bare))
    return tuple(dict.fromkeys(form for form in (*forms, *(_MARKS.sub("", form) for form in forms)) if form))


def from_pieces(pieces: Sequence[str]) -> str:
    """The name that the pieces of a link make together when icons, English, counters and 「更多」 between them are left out; empty when that is all there is."""
    return "".join(piece.strip() for piece in pieces if _HAN.search(piece) and not _FILLER.fullmatch(piece.strip()))


def load_columns(path: Path = DICTIONARY) -> dict[str, Column]:
    """Columns by key, in the file's order. Raises ColumnsError for unknown keys, duplicates, or a name that two columns claim."""
    try:
        columns = Dictionary.model_validate(yml.load(path.read_text("utf-8"))).columns
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise ColumnsError(f"栏目词典 {path} 无法读取：{_first(error)}") from error
    claimed: dict[str, str] = {}
    by_key: dict[str, Column] = {}
    for column in columns:
        if column.key in by_key:
            raise ColumnsError(f"栏目词典 {path} 中 key 重复：{column.key}")
        by_key[column.key] = column
        for name in (column.name, *column.aliases):
            if (other := claimed.setdefault(normal(name), column.key)) != column.key:
                raise ColumnsError(f"栏目词典 {path} 中名称「{name}」同时属于 {other} 与 {column.key}，请只保留一处")
    for column in columns:
        if column.parent and column.parent not in by_key:
            raise ColumnsError(f"栏目词典 {path} 中 {column.key} 的上级栏目 {column.parent} 不存在")
    return by_key


def _first(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        return f"{'.'.join(str(part) for part in first['loc'])}：{first['msg']}"
    return str(error).replace("\n", " ")


@dataclass(frozen=True, slots=True)
class Names:
    """Looks a link text up among the names of the planned columns. What it was asked is remembered: the menus of a site ask the same on every page, those of all sites much the same."""

    exact: dict[str, str]
    alias: dict[str, str]
    near: tuple[tuple[str, str], ...] = ()
    bare: dict[str, tuple[str, ...]] = field(default_factory=dict)
    spellings: frozenset[str] = frozenset()
    _long: tuple[tuple[str, str], ...] = ()
    _in_long: AhoCorasick = field(default_factory=lambda: AhoCorasick([]))
    _in_near: AhoCorasick = field(default_factory=lambda: AhoCorasick([]))
    _parts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _known: dict[str, tuple[str, Match] | None] = field(default_factory=dict)
    _links: dict[tuple[str, ...], tuple[str, Match, str] | None] = field(default_factory=dict)
    _holding: dict[tuple[str, ...], tuple[tuple[str, tuple[str, ...]], ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, columns: dict[str, Column]) -> "Names":
        """Prepare the look-up tables."""
        exact = {normal(column.name): key for key, column in columns.items()}
        alias = {normal(alias): key for key, column in columns.items() for alias in column.aliases}
        near = tuple((normal(word), key) for key, column in columns.items() for word in column.near)
        long = tuple((part, key) for part, key in (*exact.items(), *alias.items()) if len(part) >= _SHORTEST)
        return cls(
            exact=exact,
            alias=alias,
            near=near,
            bare=_bare(columns),
            spellings=frozenset(name for column in columns.values() for name in column.spellings),
            _long=long,
            _in_long=AhoCorasick([part for part, _ in long]),
            _in_near=AhoCorasick([word for word, _ in near]),
        )

    def match(self, text: str) -> tuple[str, Match] | None:
        """The column that a link text names, exactly or by an accepted alias; None otherwise. Never by a part of the text."""
        try:
            return self._known[text]
        except KeyError:
            found = self._named(text) if beginning(self.spellings, _NUMBERED, _READ_OFF).match(text) else None
            return _kept(self._known, text, found)

    def _named(self, text: str) -> tuple[str, Match] | None:
        for name in readings(text):
            if key := self.exact.get(name):
                return key, Match.EXACT
            if key := self.alias.get(name):
                return key, Match.ALIAS
        return None

    def of_link(self, texts: tuple[str, ...]) -> tuple[str, Match, str] | None:
        """The column that the first of a link's names to do so names, and that name."""
        try:
            return self._links[texts]
        except KeyError:
            return _kept(self._links, texts, next(((*named, text) for text in texts if (named := self.match(text))), None))

    def held_by(self, texts: tuple[str, ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Those of a link's names that may name columns without bearing their names, each with the keys (see `contained`)."""
        if (found := self._holding.get(texts)) is None:
            found = _kept(self._holding, texts, tuple((text, keys) for text in texts if (keys := self.contained(text))))
        return found

    def contained(self, text: str) -> tuple[str, ...]:
        """Keys of columns that a text may name without bearing the name: a name or alias (four characters or more) is a part of it, or a word near to the column's, or it is cut short, or it is the name without the platform's.

        A part has at most eight characters beside it, or ends a name that states no year; the name of a body holds a part only at its end.
        """
        name = _MARKS.sub("", normal(text))
        if len(name) > _LONGEST:
            return ()
        if (parts := self._parts.get(name)) is None:
            parts = _kept(self._parts, name, tuple(dict.fromkeys(self._held(name))))
        return parts

    def _held(self, name: str) -> Iterator[str]:
        if stem := _CUT.sub("", name) if name.endswith(_CUTS) else "":
            yield from (key for part, key in (*self.exact.items(), *self.alias.items()) if len(stem) >= _SHORTEST and part.startswith(stem))
        long, near = _found(self._in_long, self._long, name), _found(self._in_near, self.near, name)
        if long or near:
            body, dated = bool(_BODY.search(name)), bool(_YEAR.search(name))
            for part, key in long:
                ends = name.endswith(part)
                if part != name and (ends or not body) and (len(name) - len(part) <= _BESIDE or (ends and not dated)):
                    yield key
            if not dated:
                yield from (key for word, key in near if word == name or (not body and len(name) - len(word) <= _NEAR))
        yield from self.bare.get(name, ())


def _found(looking: AhoCorasick, words: tuple[tuple[str, str], ...], name: str) -> list[tuple[str, str]]:
    """Those of `words`, in their order, that stand in a name; all are looked for at once."""
    found = looking.find_matches_as_indexes(name, overlapping=True)
    return [words[which] for which in sorted({which for which, _, _ in found})] if found else []


def _kept(known: dict[Asked, Answered], asked: Asked, answered: Answered) -> Answered:
    if len(known) >= _KEPT:
        known.clear()  # costs less than keeping count of what was asked for last
    known[asked] = answered
    return answered


def _bare(columns: dict[str, Column]) -> dict[str, tuple[str, ...]]:
    """Keys by what is left of their names without the platform's, where that is a word."""
    found: dict[str, list[str]] = {}
    for key, column in columns.items():
        for name in column.spellings:
            if len(rest := _ABOVE.sub("", name)) >= 2 and rest != name and key not in found.setdefault(rest, []):
                found[rest].append(key)
    return {rest: tuple(keys) for rest, keys in found.items()}
