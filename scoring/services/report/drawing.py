"""A picture made of a few shapes, written as SVG and drawn as PNG: no browser, the same bytes each time."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from scoring.services.report.text import clean

FAMILY = "'PingFang SC','HarmonyOS Sans SC','Microsoft YaHei','Noto Sans SC','Noto Sans CJK SC',sans-serif"
INK, MUTED, HAIR, PAPER = "#101820", "#566474", "#D9E0E8", "#FFFFFF"
_SCALE = 2
_WIDE = 0x2000
_HALF = 0.56
_FACES = 12


@dataclass(frozen=True, slots=True)
class Rect:
    """A filled rectangle."""

    x: float
    y: float
    width: float
    height: float
    fill: str


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    stroke: str = HAIR
    width: float = 1


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text; `y` is its baseline, `anchor` start | middle | end of it at `x`."""

    x: float
    y: float
    text: str
    size: int = 13
    fill: str = INK
    anchor: str = "start"
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture in pixels. `alt` says what it shows, for those who do not see it."""

    width: int
    height: int
    alt: str
    shapes: Sequence[Rect | Line | Text]

    def svg(self) -> str:
        """The SVG, text escaped."""
        said = escape(clean(self.alt), quote=True)
        head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{self.width}" height="{self.height}" viewBox="0 0 {self.width} {self.height}" role="img"'
        body = "\n".join(map(_element, self.shapes))
        background = f'<rect width="{self.width}" height="{self.height}" fill="{PAPER}"/>'
        return f'{head} aria-label="{said}" lang="zh-CN" font-family="{FAMILY}">\n<title>{said}</title>\n{background}\n{body}\n</svg>\n'

    def png(self, font: Path) -> bytes:
        """The PNG at twice the size, in this font."""
        image = Image.new("RGB", (self.width * _SCALE, self.height * _SCALE), PAPER)
        pen = ImageDraw.Draw(image)
        for one in self.shapes:
            if isinstance(one, Rect):
                if one.width > 0 and one.height > 0:
                    box = (one.x * _SCALE, one.y * _SCALE, (one.x + one.width) * _SCALE - 1, (one.y + one.height) * _SCALE - 1)
                    pen.rectangle((box[0], box[1], max(box[2], box[0]), max(box[3], box[1])), fill=one.fill)
            elif isinstance(one, Line):
                pen.line((one.x1 * _SCALE, one.y1 * _SCALE, one.x2 * _SCALE, one.y2 * _SCALE), fill=one.stroke, width=max(1, round(one.width * _SCALE)))
            else:
                anchor = {"start": "ls", "middle": "ms", "end": "rs"}[one.anchor]
                stroke = 1 if one.bold else 0
                pen.text((one.x * _SCALE, one.y * _SCALE), clean(one.text), one.fill, face(font, one.size * _SCALE), anchor, stroke_width=stroke)
        out = io.BytesIO()
        image.save(out, "PNG", compress_level=6)
        return out.getvalue()


def width(text: str, size: int) -> float:
    """About how wide a line of text is."""
    return sum(_HALF if ord(char) < _WIDE else 1 for char in text) * size


def shortened(text: str, size: int, room: float) -> str:
    """The text, cut with … where it does not fit."""
    text = clean(text)
    if width(text, size) <= room:
        return text
    while text and width(text, size) + size > room:
        text = text[:-1]
    return f"{text}…"


@lru_cache(maxsize=64)
def face(font: Path, size: int) -> ImageFont.FreeTypeFont:
    """The font at a size; of a collection, the face for Simplified Chinese."""
    faces = []
    for n in range(_FACES):
        try:
            faces.append(ImageFont.truetype(str(font), size, index=n))
        except OSError:
            break
    if not faces:
        return ImageFont.truetype(str(font), size)
    return next((one for one in faces if "SC" in str(one.getname()[0]).split()), faces[0])


def _element(one: Rect | Line | Text) -> str:
    if isinstance(one, Rect):
        return f'<rect x="{one.x:.1f}" y="{one.y:.1f}" width="{max(one.width, 0):.1f}" height="{max(one.height, 0):.1f}" fill="{one.fill}"/>'
    if isinstance(one, Line):
        return f'<line x1="{one.x1:.1f}" y1="{one.y1:.1f}" x2="{one.x2:.1f}" y2="{one.y2:.1f}" stroke="{one.stroke}" stroke-width="{one.width:g}"/>'
    weight = ' font-weight="700"' if one.bold else ""
    return (
        f'<text x="{one.x:.1f}" y="{one.y:.1f}" font-size="{one.size}" fill="{one.fill}" text-anchor="{one.anchor}"{weight}>'
        f"{escape(clean(one.text), quote=False)}</text>"
    )
