"""How the loader refuses: one line that names the file, the indicator's code, the file in which that stands, and the remedy."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from scoring.errors import BadInput


@dataclass(frozen=True, slots=True)
class Refusal:
    """`name`: the file being loaded. `origins`: where a code was last written, for codes that come from another file (`extends`)."""

    name: str
    origins: Mapping[str, str] = field(default_factory=dict)

    def __call__(self, code: str, why: str) -> BadInput:
        """The error to raise; `code` is empty for the file itself."""
        origin = self.origins.get(code, self.name)
        where = f"（写在 {origin}）" if origin != self.name else ""
        return BadInput(f"指标体系 {self.name}：{code + where + '：' if code else ''}{why}")
