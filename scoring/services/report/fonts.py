"""Fonts of reports: the names that Word files ask for, and the file that pictures are drawn with. No font is shipped."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import yaml
from PIL import ImageFont

from crawlers import yml
from scoring.errors import BadInput

ROLES = {"标题": "方正小标宋简体", "正文": "仿宋_GB2312", "一级标题": "黑体", "二级标题": "楷体_GB2312", "演示文稿": "微软雅黑"}
"""Who writes with what, unless told otherwise (GB/T 9704); 图片 names a font file instead."""
PICTURE = "图片"
FILE = "fonts.yml"
_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.fonts",
    "~/.local/share/fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
    "~/Library/Fonts",
    "C:/Windows/Fonts",
)
_KNOWN = (
    *("notosanscjk-regular", "notosanssc-regular", "sourcehansanssc-regular", "sourcehansans-regular", "msyh", "pingfang", "hiragino sans gb"),
    *("wqy-microhei", "wqy-zenhei", "simhei", "stheiti", "droidsansfallback", "notosanscjk", "notoserifcjk-regular", "simsun"),
)
_SUFFIXES = (".ttf", ".ttc", ".otf")
_LONGEST = 60
NO_FONT = "没有找到中文字体，未生成 PNG 图片（SVG 和 Word、PPT 里的文字不受影响）；请安装 fonts-noto-cjk，或用 --font 图片=字体文件 指定"


def settings(folder: Path, given: Sequence[str] = ()) -> dict[str, str]:
    """Fonts by role: those of `fonts.yml` in the templates folder, then those given as 角色=字体名. Raises BadInput naming what is wrong."""
    found = _file(folder / FILE)
    for one in given:
        role, at, name = one.partition("=")
        if not at:
            raise BadInput(f"--font {one!r} 无效，应写成 正文=仿宋 这样；可用的角色：{_choices()}")
        found[role.strip()] = name.strip()
    for role, name in found.items():
        if role not in ROLES and role != PICTURE:
            raise BadInput(f"字体设置里没有“{role}”这个角色，可用：{_choices()}")
        if not name or (len(name) > _LONGEST and role != PICTURE) or not name.isprintable():
            raise BadInput(f"字体设置里“{role}”的字体名 {name[:_LONGEST]!r} 无效")
    return found


def picture_font(fonts: Mapping[str, str]) -> Path | None:
    """The font file for pictures; None when no Chinese one is installed. Raises BadInput for a file that was named and cannot be used."""
    if name := fonts.get(PICTURE):
        path = Path(name).expanduser()
        if not path.is_file() or not _chinese(path):
            raise BadInput(f"图片字体 {path} 打不开，或不含中文字形，请指定一个 .ttf、.ttc 或 .otf 中文字体文件")
        return path
    return _installed()


@lru_cache(maxsize=1)
def _installed() -> Path | None:
    there = {path.stem.lower(): path for path in _files()}
    for name in _KNOWN:
        for stem in sorted(there):
            if stem.startswith(name) and _chinese(there[stem]):
                return there[stem]
    return None


def _files() -> Iterator[Path]:
    for folder in _FOLDERS:
        path = Path(folder).expanduser()
        if path.is_dir():
            yield from (one for one in path.rglob("*") if one.suffix.lower() in _SUFFIXES)


def _chinese(path: Path) -> bool:
    """Whether the font has a shape of its own for 政."""
    try:
        face = ImageFont.truetype(str(path), 20)
        return bytes(face.getmask("政")) != bytes(face.getmask("\uffff"))
    except (OSError, ValueError):
        return False


def _file(path: Path) -> dict[str, str]:
    try:
        found = yml.load(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise BadInput(f"{path} 无法读取，应为“角色: 字体名”，一行一个") from error
    if not isinstance(found, dict | None) or not all(isinstance(one, str) for pair in (found or {}).items() for one in pair):
        raise BadInput(f"{path} 内容有误，应为“角色: 字体名”，一行一个；可用的角色：{_choices()}")
    return dict(found or {})


def _choices() -> str:
    return "、".join([*ROLES, PICTURE])
