"""`docs/coverage.md`: each obligation with the leaves, rules, tests and simulated defects that answer it. `python -m tests.project.coverage` (or `make coverage`) writes it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from scoring.model import Edition, Indicator
from scoring.services import editions
from tests.project.checkout import ROOT
from tests.project.defects import defect
from tests.project.obligations import Row, load
from tests.project.rule_tests import exercising

FILE = ROOT / "docs" / "coverage.md"
COMMAND = "make coverage"
IDS = sorted(path.stem for path in editions.FOLDER.glob("*.yml"))
"""The editions that ship, loaded or not."""
_HOW = {"auto": "自动", "assist": "初判", "manual": "人工", "import": "导入"}
_NONE, _LACKING = "—", "**缺**"
_HEAD = f"""# 义务覆盖表

由 `{COMMAND}` 生成，请勿手改；`tests/project/test_coverage.py` 重新生成并比对。义务与出处见 [data/obligations.yml](../data/obligations.yml)。

## 义务与各指标体系的指标

“{_NONE}”：来源没有这条要求，指标体系中也没有。加括号的：来源没有要求，指标体系中有。判定方式是义务清单写的，“自动→初判”表示先由机器判定、再由人核查。
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """How one row is answered by one rule, or by people (`rule` empty), over all editions."""

    row: Row
    rule: str
    leaves: tuple[str, ...]


@cache
def all_editions() -> tuple[Edition, ...]:
    """The editions that ship: those that the obligations list, in their order, then others."""
    order = [one.id for one in load().editions]
    return tuple(sorted(editions.available(), key=lambda one: (order.index(one.id) if one.id in order else len(order), one.id)))


def held(edition: Edition, row: str) -> list[Indicator]:
    """The leaves of an edition that answer a row."""
    return [leaf for leaf in edition.leaves() if row in leaf.obligations]


def answers() -> list[Answer]:
    """Every pair of a row and a rule (or people) that answers it, in the order of the rows."""
    found: dict[tuple[str, str], dict[str, None]] = {}
    for edition in all_editions():
        for leaf in edition.leaves():
            for row in leaf.obligations:
                found.setdefault((row, leaf.rule), {})[leaf.code] = None
    rows = {row.id: row for row in load().rows}
    order = list(rows)
    pairs = sorted((pair for pair in found if pair[0] in rows), key=lambda pair: (order.index(pair[0]), not pair[1], pair[1]))
    return [Answer(rows[row], rule, tuple(found[row, rule])) for row, rule in pairs]


def gaps() -> list[str]:
    """What is not reached yet, one line each: rows meant for a machine that only people answer, and rules that no simulated defect puts to the test."""
    lines = []
    by_row: dict[str, list[Answer]] = {}
    for answer in answers():
        by_row.setdefault(answer.row.id, []).append(answer)
    for row in load().rows:
        if row.how[0] in ("auto", "assist") and not any(answer.rule for answer in by_row.get(row.id, [])):
            why = f"（{row.by_hand}）" if row.by_hand else ""
            lines.append(f"{row.id} {row.text}：应由{'规则判定' if row.how[0] == 'auto' else '机器初判'}，目前只有人工指标{why}")
    bare: dict[str, list[str]] = {}
    for answer in answers():
        if answer.rule and not _broken(answer):
            bare.setdefault(answer.rule, []).append(answer.row.id)
    lines += [f"{one.id}：{'、'.join(one.not_yet)} 也适用于所评的单位，示例体系还没有列入" for one in load().editions if one.not_yet]
    lines += [f"规则 `{rule}`（{'、'.join(rows)}）：示例市和缺陷清单中没有它应当查出的缺陷，只由测试证明" for rule, rows in sorted(bare.items())]
    return lines


def render() -> str:
    """The whole document."""
    parts = [
        _HEAD,
        *_leaves(),
        *_excuses(),
        "\n## 判定、测试与模拟缺陷\n",
        *_tests(),
        "\n## 评估系统自身（I1–I13）\n",
        *_system(),
        "\n## 尚未达到的\n",
        *_gaps(),
    ]
    return "\n".join(parts) + "\n"


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _leaves() -> Iterator[str]:
    names = [one.id for one in all_editions()]
    yield _row(["编号", "义务", "判定", *names])
    yield _row(["---"] * (len(names) + 3))
    for row in load().rows:
        yield _row([row.id, row.text, "→".join(_HOW[one] for one in row.how), *(_cell(one, row) for one in all_editions())])


def _cell(edition: Edition, row: Row) -> str:
    codes = " ".join(f"`{leaf.code}`" for leaf in held(edition, row.id))
    if row.id in load().owed(edition.id):
        return codes or _LACKING
    return f"（{codes}）" if codes else _NONE


def _excuses() -> Iterator[str]:
    """Why an edition lacks rows that its sources name."""
    yield "\n来源要求而指标体系中没有的，原因如下：\n"
    for one in load().editions:
        yield from (f"- {one.id}：{'、'.join(rows)}——{why}" for why, rows in one.without.items())


def _tests() -> Iterator[str]:
    yield "测试从测试模块中查找：点名并运行该规则的测试。模拟缺陷取自 `data/demo/truth/`：示例市中该规则不得判为达标的一处；所列先取同一义务的，没有则取同一规则的，再没有则为[缺陷清单](test-plan.md)中的一种。\n"
    yield _row(["编号", "规则", "指标", "测试", "模拟缺陷"])
    yield _row(["---"] * 5)
    for answer in answers():
        if not answer.rule:
            yield _row(
                [answer.row.id, "人工", _codes(answer), "评分标准写在指标中" + (f"；由人评，因为{answer.row.by_hand}" if answer.row.by_hand else ""), _NONE]
            )
            continue
        tests = exercising(answer.rule)
        more = f" 等 {len(tests)} 项" if len(tests) > 1 else ""
        yield _row([answer.row.id, f"`{answer.rule}`", _codes(answer), f"`{tests[0]}`{more}" if tests else _LACKING, _broken(answer) or _NONE])


def _broken(answer: Answer) -> str:
    """A defect that the rule must find: one of the simulated city, else the kinds of docs/test-plan.md; empty when there is none."""
    if found := defect(answer.rule, answer.row.id):
        return str(found) if answer.row.id in found.rows else f"同一规则的 `{found.leaf}`：{found}"
    kinds = answer.row.kinds.get(answer.rule)
    return f"缺陷清单：{'；'.join(kinds)}" if kinds else ""


def _codes(answer: Answer) -> str:
    return " ".join(f"`{code}`" for code in answer.leaves)


def _system() -> Iterator[str]:
    yield _row(["编号", "要求", "应有", "状态", "模块与页面", "测试"])
    yield _row(["---"] * 6)
    for one in load().system:
        state = f"{one.state}：{one.note}" if one.note else one.state
        yield _row(
            [one.id, one.text, one.must, state, " ".join(f"`{path}`" for path in one.shown) or _NONE, " ".join(f"`{test}`" for test in one.tests) or _NONE]
        )


def _gaps() -> Iterator[str]:
    lines = gaps()
    yield from (f"- {line}" for line in lines)
    if not lines:
        yield "无。"


if __name__ == "__main__":
    FILE.write_text(render(), "utf-8")
