"""Fakes of what closes a period: nothing was corrected, nothing sent; a test that wants more puts it into `world.closing`."""

from types import SimpleNamespace
from typing import Any


def install_closing(world: Any, put: Any) -> None:
    """Replace the services behind `dashboard.components.closing`."""
    from dashboard.components import closing

    def published(_ws: object, period: str) -> list[Any]:
        return [one for one in world.published() if one.id == period]

    def nothing(*_: object, **__: object) -> list[Any]:
        return []

    put(closing, "periods", SimpleNamespace(publish=world.publish, before=lambda *_: None))
    put(closing, "results", SimpleNamespace(history=published, grades=nothing))
    put(closing, "corrections", SimpleNamespace(reopened=lambda *_: None, pending=nothing, changes=nothing, reopen=nothing, cancel=nothing))
    put(closing, "submissions", SimpleNamespace(made_for=nothing, log=nothing, waiting_for=nothing, make=nothing))
    put(closing, "stages", SimpleNamespace(history=nothing, enter=nothing))
    put(closing, "named", lambda period: (f"{period.id}-r1-aaaaaaaaaaaa.duckdb", "a" * 64, "# 方法说明\n"))
    put(closing, "exports", lambda _period: b"zip")
