"""Measures pages in millimetres from their ink, at ten pixels a millimetre, and text from poppler."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from PIL import Image

_DPI = 254  # ten pixels a millimetre


@dataclass(frozen=True)
class Span:
    """From and to, in mm from the page's upper left corner."""

    start: float
    end: float

    @property
    def length(self) -> float:
        return self.end - self.start


@dataclass(frozen=True)
class Ink:
    """A rendered page."""

    pixels: np.ndarray

    @cached_property
    def dark(self) -> np.ndarray:
        return self.pixels.min(axis=2) < 160

    @cached_property
    def red(self) -> np.ndarray:
        p = self.pixels.astype(int)
        return (p[..., 0] > 150) & (p[..., 1] < 110) & (p[..., 2] < 110)

    def rows(self, mask: np.ndarray, top: float = 0, bottom: float = 1000) -> list[Span]:
        """The bands of rows with ink between two heights: the lines of text and the rules."""
        return _bands(mask[int(top * 10) : int(bottom * 10)].any(axis=1), int(top * 10))

    def columns(self, mask: np.ndarray, top: float, bottom: float) -> Span:
        """How far the ink between two heights reaches from left to right."""
        found = np.flatnonzero(mask[int(top * 10) : int(bottom * 10)].any(axis=0))
        return Span(found[0] / 10, (found[-1] + 1) / 10)

    def rules(self, mask: np.ndarray | None = None) -> list[tuple[Span, Span]]:
        """Rows of at least 150 mm of unbroken ink: (height, width)."""
        mask = self.dark if mask is None else mask
        long = np.array([_longest(row) >= 1500 for row in mask])
        return [(band, self.columns(mask, band.start, band.end)) for band in _bands(long, 0)]


def _longest(row: np.ndarray) -> int:
    edges = np.flatnonzero(np.diff(np.concatenate(([0], row.astype(np.int8), [0]))))
    return int((edges[1::2] - edges[::2]).max(initial=0))


def _bands(has: np.ndarray, offset: int) -> list[Span]:
    edges = np.flatnonzero(np.diff(np.concatenate(([0], has.astype(np.int8), [0]))))
    return [Span((a + offset) / 10, (b + offset) / 10) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def modules(svg: str) -> np.ndarray:
    """The dark modules of a QR code's vectors."""
    side = int(re.search(r'viewBox="0 0 (\d+)', svg)[1])
    found = np.zeros((side, side), bool)
    for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1", svg):
        found[int(y), int(x) : int(x) + int(length)] = True
    return found


def ink(pdf: bytes, folder: Path, page: int = 1) -> Ink:
    """One page as pixels."""
    path = folder / "page.pdf"
    path.write_bytes(pdf)
    stem = folder / "page"
    command = ["pdftoppm", "-r", str(_DPI), "-f", str(page), "-l", str(page), "-singlefile", "-png", path, stem]
    subprocess.run(command, check=True)
    with Image.open(stem.with_suffix(".png")) as image:
        return Ink(np.asarray(image.convert("RGB")))


def text(pdf: bytes, page: int | None = None) -> str:
    """The text as a reader copies it."""
    pages = [] if page is None else ["-f", str(page), "-l", str(page)]
    done = subprocess.run(["pdftotext", "-layout", *pages, "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode()


def plain(pdf: bytes, page: int | None = None) -> str:
    """The text without any white space."""
    return re.sub(r"\s", "", text(pdf, page))


def page_count(pdf: bytes) -> int:
    done = subprocess.run(["pdfinfo", "-"], input=pdf, capture_output=True, check=True)
    return int(re.search(rb"Pages:\s+(\d+)", done.stdout)[1])


def info(pdf: bytes) -> str:
    return subprocess.run(["pdfinfo", "-"], input=pdf, capture_output=True, check=True).stdout.decode()


def words(pdf: bytes, page: int = 1) -> list[tuple[float, float, float, float, str]]:
    """Words with their boxes in mm: left, top, right, bottom, text."""
    command = ["pdftotext", "-bbox", "-f", str(page), "-l", str(page), "-", "-"]
    html = subprocess.run(command, input=pdf, capture_output=True, check=True).stdout.decode()
    found = re.findall(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>', html)
    return [(*(float(n) * 25.4 / 72 for n in numbers), word) for *numbers, word in found]


def fonts(pdf: bytes) -> list[list[str]]:
    """The rows of `pdffonts`: name first, then type, encoding and the three flags."""
    done = subprocess.run(["pdffonts", "-"], input=pdf, capture_output=True, check=True)
    return [line.split() for line in done.stdout.decode().splitlines()[2:]]


def through_libreoffice(docx: bytes, folder: Path) -> bytes:
    """The DOCX as LibreOffice prints it."""
    source = folder / "document.docx"
    source.write_bytes(docx)
    command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf"]
    environment = os.environ | {"HOME": str(folder)}
    subprocess.run(
        [*command, "--outdir", folder, source], check=True, capture_output=True, timeout=180, env=environment
    )
    return source.with_suffix(".pdf").read_bytes()
