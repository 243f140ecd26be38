"""What is wrong with a table: collected, so that one reading tells everything that must be mended."""

from scoring.errors import BadInput

MOST = 10


class BadTable(BadInput):
    """A table that cannot be used; nothing was taken over. `problems`: each with its place, `MOST` of them at most; `count` of them in all."""

    def __init__(self, name: str, problems: list[str], count: int) -> None:
        self.name, self.problems, self.count = name, tuple(problems), count
        if count == 1:
            super().__init__(f"{name} {problems[0]}")
        else:
            listed = "；".join(f"（{n}）{one}" for n, one in enumerate(problems, 1))
            super().__init__(f"{name} 共 {count} 处问题{f'，先列 {len(problems)} 处' if count > len(problems) else ''}：{listed}")


class Problem(Exception):
    """One thing that is wrong, said with its place; collected by `Problems`."""


class Problems:
    """Collects problems of one table."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._said: list[str] = []
        self._count = 0

    def add(self, said: object) -> None:
        """Note one problem."""
        self._count += 1
        if len(self._said) < MOST:
            self._said.append(str(said))

    def __bool__(self) -> bool:
        return bool(self._count)

    def close(self) -> None:
        """Raise BadTable when there is any."""
        if self._count:
            raise BadTable(self.name, self._said, self._count)
