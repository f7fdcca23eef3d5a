"""Finding an answer again: pairs of characters, because Chinese has no spaces and questions are never worded twice."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_WORDS = re.compile(r"[㐀-鿿]+|[a-z0-9]+")
#: Pairs that stand in every question and tell nothing.
EMPTY_PAIRS = frozenset(
    {
        *("什么", "怎么", "如何", "是否", "可以", "需要", "应该", "应当", "请问", "我们", "企业", "公司"),
        *("这个", "那个", "有没", "没有", "哪些", "多少", "为什", "能不", "不能", "规定", "要求"),
        *("安全", "全生", "生产"),
    }
)


def plain(text: str) -> str:
    """Full-width signs made narrow, letters small, spaces single."""
    return " ".join(unicodedata.normalize("NFKC", text).lower().split())


def pairs(text: str) -> set[str]:
    """Every two characters that follow each other in Chinese text, and whole words of letters or digits."""
    found: set[str] = set()
    for run in _WORDS.findall(plain(text)):
        if run.isascii():
            found |= {run} if len(run) > 1 else set()
        else:
            found |= {run[n : n + 2] for n in range(len(run) - 1)}
    return found - EMPTY_PAIRS


def likeness(asked: set[str], title: str, text: str) -> int:
    """How much of a question an answer speaks of: a pair in the title counts four times."""
    in_title = pairs(title)
    return 4 * len(asked & in_title) + len(asked & (pairs(text) - in_title))


def ranked(question: str, entries: Iterable[tuple[int, str, str]], most: int) -> list[int]:
    """Keys of (key, title, text), the likest first; nothing that shares fewer than two pairs."""
    asked = pairs(question)
    scored = [(likeness(asked, title, text), key) for key, title, text in entries]
    return [key for score, key in sorted(scored, key=lambda each: (-each[0], each[1])) if score >= 2][:most]
