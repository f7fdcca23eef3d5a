"""`python -m anwang.adapters.fonts prepare | list`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from anwang.adapters.fonts.faces import font_set, fonts_folder
from anwang.adapters.fonts.prepare import prepare
from anwang.domain.base import Refusal


def main(arguments: list[str] | None = None) -> int:
    """0 with usable fonts (even if not the best), 1 without any; sentences about problems go to standard error."""
    parser = argparse.ArgumentParser(prog="python -m anwang.adapters.fonts", description="准备和查看公文字体")
    parser.add_argument("command", choices=["prepare", "list"], help="prepare 下载缺少的字体；list 列出所用字体")
    parser.add_argument("--folder", type=Path, default=None, help="字体目录，默认取 ANWANG_FONTS 或检出目录下的 .fonts")
    options = parser.parse_args(arguments)
    if options.command == "prepare":
        folder = options.folder or fonts_folder()
        problems = prepare(folder, lambda sentence: print(sentence, file=sys.stderr))
        for problem in problems:
            print(problem, file=sys.stderr)
        return 1 if problems and not _usable() else 0
    return 0 if _usable(show=True) else 1


def _usable(*, show: bool = False) -> bool:
    try:
        faces = font_set().faces
    except Refusal as refusal:
        print(f"{refusal.code} {refusal}", file=sys.stderr)
        return False
    except ImportError:  # typst not installed yet: nothing to say about what it would find
        return True
    if show:
        for face, families in faces.items():
            print(f"{face}: {', '.join(families)}")
    return True


if __name__ == "__main__":
    sys.exit(main())
