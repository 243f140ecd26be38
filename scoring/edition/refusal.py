"""How the loader refuses: one line that names the file, the indicator's code, the place in which that stands, and the remedy."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from scoring.errors import BadInput
from scoring.tabular.problems import BadTable


@dataclass(frozen=True, slots=True)
class Refusal:
    """`name`: the file being loaded. `origins`: where a code was last written, for codes that come from another file (`extends`).

    `cells`: for a workbook, the place of a code's row (code, "") and of its cells (code, key of the form); an empty code means the edition itself.
    """

    name: str
    origins: Mapping[str, str] = field(default_factory=dict)
    cells: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def __call__(self, code: str, why: str, key: str = "") -> BadInput:
        """The error to raise; `code` is empty for the file itself, `key` names the part of the form that is wrong."""
        if self.cells:
            place = self.cells.get((code, key)) or self.cells.get((code, "")) or ""
            return BadTable(self.name, [f"{place}：{f'指标 {code} ' if code else ''}{why}".lstrip("：")], 1)
        origin = self.origins.get(code, self.name)
        where = f"（写在 {origin}）" if origin != self.name else ""
        return BadInput(f"指标体系 {self.name}：{code + where + '：' if code else ''}{why}")
