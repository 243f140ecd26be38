"""`extends:`: an edition written as its differences from another one.

    edition: ningbo-2021
    format: 1
    extends: ningbo-2020            # the name of a file beside this one, else of data/editions/ (without .yml)
    title: 宁波市政务公开指数指标体系（区县，2021年）
    change:                         # by code, wherever it stands: tree, veto, deductions or bonus
      a1-entry: {weight: 2, fix: 在首页首屏设置入口。}
      a4-guide-fresh: {with: {days: 180}}      # `with` and `manual` change key by key; null takes a key away
    drop: [a5-search]               # a node goes with all below it
    add:                            # with `under` a node, `in` veto, deductions or bonus, or on the first level; `after` or `before` a sibling, else last
      - {under: a, after: a1-entry, code: a1-name, title: 专栏名称规范, weight: 0.5, rule: column_present, with: {column: platform}, fix: 改名。}
    grades: [{name: 优秀, at_least: 85}, {name: 其他, at_least: 0}]   # any other key of the file replaces the base's as a whole; null takes it away

Order: drop, change, add. The result is a whole edition and is checked as one; its text records in `based_on` what it came from.
"""

import copy
import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from scoring.edition.refusal import Refusal

DIFFERENCES = ("change", "drop", "add")
BESIDE = ("veto", "deductions", "bonus")
_BY_KEY = ("with", "manual")
_FIXED = ("code", "children")
_Node = dict[str, Any]


def no_differences(raw: Mapping[str, Any], name: str) -> None:
    """Refuse an edition that changes something without saying what it extends."""
    for key in DIFFERENCES:
        if key in raw:
            raise Refusal(name)("", f"写了 {key} 却没有写 extends，请用 extends 指明所依据的指标体系，或删去 {key}")


def codes(raw: Mapping[str, Any]) -> list[str]:
    """Every code of an edition's content, in order; what has no proper shape is left out."""
    return [str(node["code"]) for part in ("index", *BESIDE) for node in _walk(_part(raw, part)) if "code" in node]


def apply(raw: Mapping[str, Any], name: str, base: Mapping[str, Any], base_sha: str) -> tuple[dict[str, Any], set[str]]:
    """The whole content of an edition that extends `base` (of proper shape), and the codes that it wrote itself. Raises BadInput."""
    refuse = Refusal(name)
    for key in ("index", "based_on"):
        if key in raw:
            raise refuse("", f"写了 extends 的指标体系不能再写 {key}，请改用 {'、'.join(DIFFERENCES)} 写出差异")
    if raw.get("edition") == base["edition"]:
        raise refuse("", f"编号 edition 与所依据的指标体系相同（{base['edition']}），请另起编号")
    own = {key: value for key, value in raw.items() if key not in ("extends", *DIFFERENCES)}
    kept = {key: value for key, value in copy.deepcopy(dict(base)).items() if key not in ("edition", "format", "based_on")}
    first = {key: own[key] for key in ("edition", "format") if key in own} | {"based_on": {"edition": base["edition"], "sha": base_sha}}
    whole = {key: value for key, value in (first | kept | own).items() if value is not None}
    work = _Work(whole, str(base["edition"]), refuse, set(codes(own)))
    for code in _listed(raw, "drop", refuse):
        work.drop(code)
    for code, changes in _mapped(raw, "change", refuse).items():
        work.change(code, changes)
    for number, node in enumerate(_listed(raw, "add", refuse), 1):
        work.add(node, number)
    return whole, work.written


def _listed(raw: Mapping[str, Any], key: str, refuse: Refusal) -> list[Any]:
    value = raw.get(key) or []
    if not isinstance(value, list):
        raise refuse("", f"{key} 应为列表，如 {'drop: [a5-search]' if key == 'drop' else 'add: [{under: a, code: …}]'}")
    return value


def _mapped(raw: Mapping[str, Any], key: str, refuse: Refusal) -> dict[Any, Any]:
    value = raw.get(key) or {}
    if not isinstance(value, dict):
        raise refuse("", f"{key} 应按代码写，如 change: {{a1-entry: {{weight: 2}}}}")
    return value


@dataclass(frozen=True, slots=True)
class _Work:
    """The content being changed, and the codes that the extending file wrote."""

    whole: dict[str, Any]
    base: str
    refuse: Refusal
    written: set[str]

    def drop(self, code: object) -> None:
        siblings, place = self._place(code, "drop 中的代码")
        del siblings[place]

    def change(self, code: object, changes: object) -> None:
        siblings, place = self._place(code, "change 中的代码")
        if not isinstance(changes, dict) or not changes:
            raise self.refuse(str(code), "change 中应写出要修改的键，如 {weight: 2}")
        for key in _FIXED:
            if key in changes:
                raise self.refuse(str(code), f"change 不能修改 {key}，请改用 drop 和 add")
        siblings[place] = _changed(siblings[place], changes)
        self.written.add(str(code))

    def add(self, given: object, number: int) -> None:
        if not isinstance(given, dict) or not given.get("code"):
            raise self.refuse("", f"add 第 {number} 项缺少 code，请写明新增指标的代码")
        node, code = copy.deepcopy(given), str(given["code"])
        places = {key: node.pop(key, None) for key in ("under", "in", "after", "before")}
        if any(one == code for one in codes(self.whole)):
            raise self.refuse("", f"add 的代码 {code} 已存在，请换一个代码；要修改已有指标请用 change")
        for one, other in (("under", "in"), ("after", "before")):
            if places[one] and places[other]:
                raise self.refuse(code, f"add 中 {one} 与 {other} 只能写一个，请删去其一")
        siblings = self._siblings(code, places["under"], places["in"])
        siblings.insert(self._position(code, siblings, places["after"], places["before"]), node)
        self.written.update(str(one["code"]) for one in _walk([node]) if "code" in one)

    def _siblings(self, code: str, under: object, beside: object) -> list[Any]:
        if under:
            above, place = self._place(under, f"{code}：add 的 under 所指的", ("index",))
            if not isinstance(above[place].get("children"), list):
                raise self.refuse(code, f"add 的 under 所指的 {under} 是叶子，不能在其下增加，请改为有下级指标的节点")
            return _children(above[place])
        if beside is None:
            return _part(self.whole, "index")
        if beside not in BESIDE:
            raise self.refuse(code, f"add 的 in 为「{beside}」，可用：{'、'.join(BESIDE)}")
        if beside == "bonus" and not isinstance(self.whole.get("bonus"), dict):
            raise self.refuse(code, f"{self.base} 没有加分 bonus，请先写出 bonus: {{cap: …, above: …, leaves: […]}}")
        if beside != "bonus":
            self.whole.setdefault(str(beside), [])
        return _part(self.whole, str(beside))

    def _position(self, code: str, siblings: list[Any], after: object, before: object) -> int:
        for key, sibling in (("after", after), ("before", before)):
            if sibling is not None:
                found = [n for n, one in enumerate(siblings) if isinstance(one, dict) and one.get("code") == sibling]
                if not found:
                    raise self.refuse(code, f"add 的 {key} 所指的 {sibling} 不在同一级中，请改为同级指标的代码")
                return found[0] + (key == "after")
        return len(siblings)

    def _place(self, code: object, said: str, parts: tuple[str, ...] = ("index", *BESIDE)) -> tuple[list[Any], int]:
        """The list in which a code stands, and where."""
        for part in parts:
            if found := _search(_part(self.whole, part), code):
                return found
        near = difflib.get_close_matches(str(code), codes(self.whole), 1)
        hint = f"，最接近的是 {near[0]}" if near else ""
        raise self.refuse("", f"{said} {code} 不在所依据的指标体系 {self.base} 中{hint}，请改正")


def _changed(node: _Node, changes: Mapping[str, Any]) -> _Node:
    """A node with some keys changed. Whoever names a rule takes it off people's hands, and the other way round."""
    out = dict(node)
    if changes.get("manual") and "rule" not in changes:
        out = {key: value for key, value in out.items() if key not in ("rule", "with", "check")}
    if changes.get("rule") and changes["rule"] != node.get("rule"):
        out = {key: value for key, value in out.items() if key not in ("manual", "with")}
    for key, value in changes.items():
        old = out.get(key)
        new = {**old, **value} if key in _BY_KEY and isinstance(old, dict) and isinstance(value, dict) else value
        out[key] = {name: one for name, one in new.items() if one is not None} if key in _BY_KEY and isinstance(new, dict) else new
    return {key: value for key, value in out.items() if value is not None}


def _search(siblings: list[Any], code: object) -> tuple[list[Any], int] | None:
    for place, node in enumerate(siblings):
        if isinstance(node, dict):
            if node.get("code") == code:
                return siblings, place
            if found := _search(_children(node), code):
                return found
    return None


def _part(raw: Mapping[str, Any], part: str) -> list[Any]:
    holder = raw.get(part)
    found = holder.get("leaves") if part == "bonus" and isinstance(holder, dict) else holder
    return found if isinstance(found, list) else []


def _children(node: _Node) -> list[Any]:
    found = node.get("children")
    return found if isinstance(found, list) else []


def _walk(siblings: list[Any]) -> Iterator[_Node]:
    for node in siblings:
        if isinstance(node, dict):
            yield node
            yield from _walk(_children(node))
