"""Maps 仿宋, 楷体, 黑体 and 小标宋 to fonts at hand; licensed fonts win when the operator supplies them.

Put font files into the folder (default `.fonts` of the checkout) or name folders in `ANWANG_FONTS`,
separated like PATH; the first is the one that `prepare` fills.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from anwang.adapters.fonts.coverage import covered
from anwang.domain.base import Refusal, gettext_noop

if TYPE_CHECKING:
    import typst

# The face's own fonts in order of preference, then per-glyph fallbacks, then anything Chinese.
_ANY = ("Source Han Serif SC", "Noto Serif SC", "AR PL UMing CN", "WenQuanYi Zen Hei", "WenQuanYi Micro Hei")
_SERIF = ("LXGW WenKai", "Noto Serif CJK SC", "Noto Sans CJK SC", *_ANY)
_SANS = ("Noto Sans CJK SC", "LXGW WenKai", *_ANY)
FACES: dict[str, tuple[str, ...]] = {
    "fang": ("FangSong_GB2312", "仿宋_GB2312", "FangSong", "STFangsong", "FandolFang R", "FandolFang", *_SERIF),
    "kai": ("KaiTi_GB2312", "楷体_GB2312", "KaiTi", "STKaiti", "FandolKai", *_SERIF),
    "hei": ("SimHei", "STHeiti", "FandolHei", *_SANS),
    "song": (
        "FZXiaoBiaoSong-B05S",
        "FZXiaoBiaoSong-B05",
        "方正小标宋简体",
        "FandolSong",
        "Noto Serif CJK SC",
        *_SERIF,
    ),
}


def fonts_folders() -> tuple[Path, ...]:
    """The folders to look in, the prepared one first."""
    named = os.environ.get("ANWANG_FONTS", "")
    if named:
        return tuple(Path(part).expanduser() for part in named.split(os.pathsep) if part)
    checkout = Path(__file__).resolve().parents[4]
    if (checkout / "pyproject.toml").exists():
        return (checkout / ".fonts",)
    return (Path(os.environ.get("ANWANG_DATA", Path.home() / ".local" / "share" / "anwang")) / "fonts",)


def fonts_folder() -> Path:
    """The folder that `prepare` fills."""
    return fonts_folders()[0]


# Fandol's 仿宋 and 楷体 carry heavy sans-serif figures; figures and Latin letters come from its 宋体.
_FIGURES = {"FandolFang R": "FandolSong", "FandolFang": "FandolSong", "FandolKai": "FandolSong"}


@dataclass(frozen=True)
class FontSet:
    """Loaded fonts and the families of each face; reading the fonts costs 0.1 s, so it is kept."""

    fonts: typst.Fonts
    faces: dict[str, list[str]]

    @property
    def typst_faces(self) -> dict[str, list[str | dict[str, str]]]:
        """The families of each face as typst takes them: first the font of figures with the pattern it covers."""
        result: dict[str, list[str | dict[str, str]]] = {}
        for face, families in self.faces.items():
            figures = _FIGURES.get(families[0])
            first = [{"name": figures, "covers": "[!-~]"}] if figures in self.faces["song"] else []
            result[face] = [*first, *families]
        return result

    @cached_property
    def _coverage(self) -> frozenset[int]:
        used = {family for families in self.faces.values() for family in families}
        files = {(font.path, font.index) for font in self.fonts.fonts() if font.path and font.family in used}
        return frozenset().union(*(covered(Path(path), index) for path, index in files))

    def missing(self, text: str) -> str:
        """The characters of `text` that no font has, sorted."""
        return "".join(sorted(c for c in set(text) if ord(c) >= 0x20 and ord(c) not in self._coverage))


@lru_cache(maxsize=4)
def _load(folders: tuple[Path, ...]) -> FontSet:
    import typst

    present = [str(folder) for folder in folders if folder.is_dir()]
    fonts = typst.Fonts(include_system_fonts=True, include_embedded_fonts=False, font_paths=present)
    families = set(fonts.families())
    faces = {face: [name for name in dict.fromkeys(names) if name in families] for face, names in FACES.items()}
    if not all(faces.values()):
        raise Refusal(
            "fonts.missing",
            gettext_noop(
                "没有可用的中文字体，请先运行：python -m anwang.adapters.fonts prepare（查找位置：%(folders)s）"
            ),
            folders="、".join(map(str, folders)),
        )
    return FontSet(fonts, faces)


def font_set() -> FontSet:
    """The fonts of the configured folders and of the system.

    Raises `Refusal("fonts.missing")` when there is no Chinese font at all.
    """
    return _load(fonts_folders())
