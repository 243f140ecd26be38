"""What a finding knows and shows, read from its JSON text only when somebody looks: scoring thousands of units never does."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, overload

from scoring.model import EvidenceRef

Load = Callable[[str], tuple[EvidenceRef, ...]]


class LazyParams(Mapping[str, Any]):
    """The parameters of a finding; equal to any mapping with the same content."""

    __slots__ = ("_made", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._made: dict[str, Any] | None = None

    def _read(self) -> dict[str, Any]:
        if self._made is None:
            self._made = json.loads(self.text)
        return self._made

    def __getitem__(self, key: str) -> Any:
        return self._read()[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._read())

    def __len__(self) -> int:
        return len(self._read())

    def __repr__(self) -> str:
        return repr(self._read())


def params_of(several: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The parameters of many findings, their texts read in one go, which takes a third of the time; nothing is kept."""
    texts = [one.text if isinstance(one, LazyParams) else None for one in several]
    read = _read_all(texts)
    return [one if text is None else next(read) for one, text in zip(several, texts, strict=True)]


def pages_of(several: Sequence[Sequence[EvidenceRef]]) -> list[list[tuple[str, str]]]:
    """Address and stored copy of every piece of evidence of many findings, read likewise."""
    texts = [one.text if isinstance(one, LazyEvidence) else None for one in several]
    read = _read_all(texts)
    return [
        [(page.url, page.snapshot) for page in one] if text is None else [(page["url"], page["snapshot"]) for page in next(read)]
        for one, text in zip(several, texts, strict=True)
    ]


def _read_all(texts: Sequence[str | None]) -> Iterator[Any]:
    return iter(json.loads(f"[{','.join([text for text in texts if text is not None])}]"))


class LazyEvidence(Sequence[EvidenceRef]):
    """The evidence of a finding; equal to any sequence with the same content. `load` reads its text."""

    __slots__ = ("_load", "_made", "text")

    def __init__(self, text: str, load: Load) -> None:
        self.text = text
        self._load = load
        self._made: tuple[EvidenceRef, ...] | None = None

    def _read(self) -> tuple[EvidenceRef, ...]:
        if self._made is None:
            self._made = self._load(self.text)
        return self._made

    @overload
    def __getitem__(self, at: int) -> EvidenceRef: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[EvidenceRef, ...]: ...
    def __getitem__(self, at: int | slice) -> EvidenceRef | tuple[EvidenceRef, ...]:
        return self._read()[at]

    def __len__(self) -> int:
        return len(self._read())

    def __iter__(self) -> Iterator[EvidenceRef]:
        return iter(self._read())

    def __eq__(self, other: object) -> bool:
        return self._read() == tuple(other) if isinstance(other, Sequence) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._read())

    def __repr__(self) -> str:
        return repr(self._read())
