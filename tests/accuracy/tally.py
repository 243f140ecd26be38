"""Cases passed of cases tried, per reader."""

from dataclasses import dataclass, field


@dataclass
class Tally:
    """One reader on one collection. `peer`: what htmldate makes of the same cases, as (passed, total)."""

    reader: str
    where: str
    passed: int = 0
    total: int = 0
    peer: tuple[int, int] | None = None
    misses: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The key in `baseline.json`."""
        return f"{self.where}/{self.reader}"

    @property
    def share(self) -> float:
        """Passed of tried; 0 when nothing was tried."""
        return self.passed / self.total if self.total else 0.0

    def note(self, case: str, expected: object, found: object) -> None:
        """Count a case: right when what was found is what was expected."""
        self.total += 1
        if expected == found:
            self.passed += 1
        else:
            self.misses.append(f"{case}: expected {expected}, read {found}")

    def note_peer(self, right: bool) -> None:
        """Count the same case for htmldate."""
        passed, total = self.peer or (0, 0)
        self.peer = (passed + right, total + 1)

    def line(self) -> str:
        """One line of the report."""
        beside = f"   htmldate {self.peer[0]}/{self.peer[1]}" if self.peer else ""
        return f"{self.reader:<15} {self.where:<10} {self.passed:>5}/{self.total:<5} {self.share:7.2%}{beside}"
