"""Unified social credit codes (GB 32100-2015), the organisation code inside (GB 11714) and old registration numbers."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from operator import getitem

from anwang.domain.base import Reason, gettext_noop

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_VALUE = {char: number for number, char in enumerate(ALPHABET)}
_WEIGHTS = tuple(pow(3, i, 31) for i in range(17))
_ORG_VALUE = {char: number for number, char in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")}
_ORG_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_CHARS, _ORG_CHARS = frozenset(_VALUE), frozenset(_ORG_VALUE)
_PRODUCTS = [{char: value * weight for char, value in _VALUE.items()} for weight in _WEIGHTS]
_ORG_PRODUCTS = [{char: value * weight for char, value in _ORG_VALUE.items()} for weight in _ORG_WEIGHTS]
_LOOK_ALIKE = str.maketrans("OIZSl", "01251")
_JUNK = re.compile(r"[\s\u200b-\u200f\ufeff\-—_.·'‘’\"]+")


class CodeStatus(StrEnum):
    """What a check found; the first that applies, in this order."""

    OK = "ok"
    EMPTY = "empty"
    DAMAGED = "damaged"
    LENGTH = "length"
    CHARACTERS = "characters"
    CHECK = "check"

    @property
    def bucket(self) -> str:
        """The four buckets of the import's report: ok, length, characters, check."""
        return "length" if self in (CodeStatus.EMPTY, CodeStatus.DAMAGED) else self.value


class CodeKind(StrEnum):
    """What the text seems to be."""

    CREDIT = "credit"
    REGISTRATION = "registration"
    ORGANISATION = "organisation"
    UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class CodeCheck:
    """A checked code. `text` is normalised, never repaired; `hint` is a valid code that looks alike, to ask for."""

    text: str
    status: CodeStatus
    kind: CodeKind = CodeKind.UNKNOWN
    reason: Reason | None = None
    hint: str = ""

    @property
    def ok(self) -> bool:
        return self.status is CodeStatus.OK


def normalise_code(text: str) -> str:
    """Half-width capitals without spaces and hyphens; no other character is touched."""
    return _JUNK.sub("", unicodedata.normalize("NFKC", text)).upper()


def check_credit_code(cell: object) -> CodeCheck:
    """Check a cell. A number is damaged whatever it shows: a spreadsheet keeps 15 digits of 18."""
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return _bad("", CodeStatus.EMPTY, "code_missing", gettext_noop("没有填写统一社会信用代码。"))
    if not isinstance(cell, str) or _SCIENTIFIC.fullmatch(cell.strip()):
        return _bad(str(cell).strip(), CodeStatus.DAMAGED, "code_numeric", NUMERIC)
    text = normalise_code(cell)
    if len(text) != 18:
        return _wrong_length(text)
    bad = "".join(dict.fromkeys(char for char in text if char not in _VALUE))
    if bad:
        return _bad_characters(text, bad)
    if credit_check_digit(text[:17]) != text[17]:
        message = gettext_noop("代码 %(text)s 的校验位不对，请对照营业执照。")
        return _bad(text, CodeStatus.CHECK, "code_check", message)
    if organisation_check_digit(text[8:16]) != text[16]:
        message = gettext_noop("代码 %(text)s 第 9–17 位（组织机构代码）的校验位不对，请对照营业执照。")
        return _bad(text, CodeStatus.CHECK, "code_organisation_check", message)
    return CodeCheck(text, CodeStatus.OK, CodeKind.CREDIT)


NUMERIC = gettext_noop("单元格是数字，代码已损坏：请将该列设为文本格式后重新填写。")
_SCIENTIFIC = re.compile(r"[\d.]+[eE]\+\d+")


def is_valid_credit_code(text: str) -> bool:
    """True for eighteen characters of the alphabet with both check digits right."""
    if len(text) != 18 or not _CHARS.issuperset(text):
        return False
    return credit_check_digit(text[:17]) == text[17] and organisation_check_digit(text[8:16]) == text[16]


def credit_check_digit(first17: str) -> str:
    """The 18th character. ValueError for characters outside the alphabet or another length."""
    if len(first17) != 17 or not _CHARS.issuperset(first17):
        raise ValueError("seventeen characters of the alphabet are needed")
    total = sum(map(getitem, _PRODUCTS, first17))
    return ALPHABET[(31 - total % 31) % 31]


def organisation_check_digit(first8: str) -> str:
    """The ninth character of an organisation code: 0–9 or X. ValueError as above."""
    if len(first8) != 8 or not _ORG_CHARS.issuperset(first8):
        raise ValueError("eight digits or capitals are needed")
    total = sum(map(getitem, _ORG_PRODUCTS, first8))
    return "0X987654321"[total % 11]


def registration_is_valid(text: str) -> bool:
    """True for a 15-digit registration number whose last digit agrees (GS 15-2006, modulus 11,10)."""
    if not re.fullmatch(r"[0-9]{15}", text):
        return False
    product = 10
    for digit in text[:14]:
        total = (product + int(digit)) % 10 or 10
        product = total * 2 % 11
    return (product + int(text[14])) % 10 == 1


def make_credit_code(organisation: str, division: str, department: str = "91") -> str:
    """A valid code from an organisation code (8 characters, or 9 with its check), a 6-digit division, and 2 characters
    for the registering department and kind (91: an enterprise). ValueError for anything that cannot be in a code."""
    body = organisation.upper()
    if len(body) == 8:
        body += organisation_check_digit(body)
    if organisation_check_digit(body[:8]) != body[8:]:
        raise ValueError("the organisation code's own check digit is wrong")
    if not re.fullmatch(r"[0-9]{6}", division) or len(department) != 2:
        raise ValueError("a division has six digits, a department two characters")
    first = department.upper() + division + body
    return first + credit_check_digit(first)


def _wrong_length(text: str) -> CodeCheck:
    if re.fullmatch(r"[0-9]{15}", text):
        message = gettext_noop("%(text)s 是 15 位旧注册号，请填写 18 位统一社会信用代码。")
        return _bad(text, CodeStatus.LENGTH, "code_registration", message, kind=CodeKind.REGISTRATION)
    if re.fullmatch(r"[0-9A-Z]{8}[0-9X]", text) and organisation_check_digit(text[:8]) == text[8]:
        message = gettext_noop("%(text)s 是 9 位组织机构代码，请填写 18 位统一社会信用代码。")
        return _bad(text, CodeStatus.LENGTH, "code_organisation", message, kind=CodeKind.ORGANISATION)
    message = gettext_noop("代码 %(text)s 有 %(length)s 位，应为 18 位。")
    return _bad(text, CodeStatus.LENGTH, "code_length", message, length=len(text))


def _bad_characters(text: str, bad: str) -> CodeCheck:
    hint = _look_alike(text)
    message = gettext_noop("代码 %(text)s 含有不使用的字符“%(bad)s”，请对照营业执照。")
    if hint:
        message = gettext_noop("代码 %(text)s 含有不使用的字符“%(bad)s”，是否应为 %(hint)s？")
    return _bad(text, CodeStatus.CHARACTERS, "code_characters", message, hint, bad=bad)


def _look_alike(text: str) -> str:
    """The code with O read as 0, I as 1, Z as 2 and S as 5, when that is valid."""
    other = text.translate(_LOOK_ALIKE)
    return other if is_valid_credit_code(other) else ""


def _bad(
    text: str,
    status: CodeStatus,
    code: str,
    message: str,
    hint: str = "",
    *,
    kind: CodeKind = CodeKind.UNKNOWN,
    **params: object,
) -> CodeCheck:
    return CodeCheck(text, status, kind, Reason(code, message, {"text": text, "hint": hint, **params}), hint)
