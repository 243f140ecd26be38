"""The documents of a column on a day: dates from the YAML, titles from templates, addresses stable over time."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from zlib import crc32

from crawlers.demo.content import ColumnContent, ContentError, Wording


@dataclass(frozen=True, slots=True)
class Document:
    """One entry of a list and the page behind it. `number` is unique within a site; `index` is an 索引号 that looks like a date; `files`: names of what is attached."""

    key: str
    title: str
    date: date
    number: int
    publisher: str = ""
    files: tuple[str, ...] = ()

    @property
    def index(self) -> str:
        """索引号 such as 2026-02-00018: not a date."""
        return f"{self.date:%Y-%m}-{self.number % 100000:05d}"


def _days(content: ColumnContent, ends: tuple[date, ...]) -> list[date]:
    days: list[date] = []
    for position, newest in enumerate(content.newest):
        if newest is None:
            continue
        step, day = timedelta(days=content.every), newest
        if not days:
            days += [newest - step * back for back in range(content.count)]
            continue
        if newest != days[0] and newest <= ends[position - 1] and newest not in content.newest[:position]:
            raise ContentError(f"{content.name}：{newest} 在上一季度采集日之前，上一季度就应看到")
        floor = max(ends[position - 1], days[0])
        while day > floor:
            days.append(day)
            day -= step
    return days


def documents(site: str, key: str, content: ColumnContent, words: Wording, names: dict[str, str], as_of: date) -> list[Document]:
    """The column's entries that are there on `as_of`, newest first. `names` fills the title templates."""
    found: list[Document] = []
    templates = content.titles or words.titles.get(key) or words.titles["default"]

    def add(tag: str, title: str, day: date, files: tuple[str, ...] = ()) -> None:
        number = 100000 + crc32(f"{site}/{key}/{tag}".encode()) % 9_000_000
        found.append(Document(key, title, day, number, content.publisher or names["publisher"], files))

    held: Counter[int] = Counter()
    for day in sorted(_days(content, words.ends)):
        held[day.year] += 1
        turn = crc32(f"{site}/{key}/{day}".encode())
        title = templates[turn % len(templates)].format(
            **names,
            column=content.name,
            year=day.year,
            last=day.year - 1,
            month=day.month,
            day=day.day,
            n=held[day.year],
            quarter="一二三四"[(day.month - 1) // 3],
            topic=words.topics[turn // 7 % len(words.topics)],
            place=words.places[turn // 11 % len(words.places)],
        )
        add(str(day), title, day)
    for year, published in content.reports.items():
        if published:
            add(str(year), f"{names['publisher']}{year}年政府信息公开工作年度报告", published)
    for tag, entry in content.entries.items():
        if entry and (entry.since or entry.date) <= as_of:
            add(tag, entry.title.format(**names), entry.date, entry.files)
    there = [one for one in found if one.date <= as_of]
    return sorted(there, key=lambda one: (one.date, one.number), reverse=True)


def stamp(day: date, style: str) -> str:
    """A date as the site spells it."""
    match style:
        case "iso":
            return day.isoformat()
        case "bracket":
            return f"[{day.isoformat()}]"
        case "chinese":
            return f"{day.year}年{day.month}月{day.day}日"
        case "dot":
            return f"{day.year}.{day.month:02d}.{day.day:02d}"
        case _:
            raise ValueError(style)
