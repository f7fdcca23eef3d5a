"""Receipt codes: 80 bits in Crockford's base 32, four groups of four and a check character (modulo 37)."""

from __future__ import annotations

BYTES = 10
_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CHECKS = _SIGNS + "*~$=U"
_ALIKE = str.maketrans({"I": "1", "L": "1", "O": "0", "＊": "*", "～": "~", "＄": "$", "＝": "="})
_SPACE = str.maketrans(dict.fromkeys(" -－—–\t\r\n　", ""))


def written(secret: bytes) -> str:
    """The code of 10 random bytes: XXXX-XXXX-XXXX-XXXX-C. ValueError for another length."""
    if len(secret) != BYTES:
        raise ValueError("a receipt has 80 bits")
    number = int.from_bytes(secret)
    signs = "".join(_SIGNS[number >> shift & 31] for shift in range(75, -1, -5))
    return "-".join([signs[start : start + 4] for start in range(0, 16, 4)] + [_CHECKS[number % 37]])


def plain(text: str) -> str:
    """What a person typed, without spaces and hyphens, look-alikes put right; at most 40 signs of it."""
    return text[:120].upper().translate(_SPACE).translate(_ALIKE)[:40]


def is_sound(text: str) -> bool:
    """Whether the check character fits: a code that was mistyped is told so, whatever reports there are."""
    code = plain(text)
    if len(code) != 17 or any(sign not in _SIGNS for sign in code[:16]):
        return False
    number = 0
    for sign in code[:16]:
        number = number * 32 + _SIGNS.index(sign)
    return _CHECKS[number % 37] == code[16]
