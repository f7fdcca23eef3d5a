"""The longest prefix decides, and what is doubtful is said to be."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anwang.domain.base import Interval
from anwang.domain.policy.industry import match_industry
from anwang.domain.policy.model import CodeRule, Industry

EVER = Interval(date(2020, 3, 5))
INDUSTRIES = [
    Industry("chemical", 1, "化工", ("涂料",), "二.1", EVER),
    Industry("fireworks", 2, "烟花爆竹", ("鞭炮",), "二.1", EVER),
    Industry("hazardous", 3, "危险化学品", (), "二.1", EVER),
]
RULES = [
    CodeRule("C26", "chemical", False, "", "二.1", EVER),
    CodeRule("C2671", "", False, "民爆", "二.1", EVER),
    CodeRule("C2672", "fireworks", False, "", "二.1", EVER),
    CodeRule("F5265", "hazardous", True, "加油站", "二.1", EVER),
]


def found(text: str) -> tuple[str, bool]:
    match = match_industry(text, INDUSTRIES, RULES)
    return (match.industry.code if match.industry else "none"), match.check


@pytest.mark.parametrize(
    ("text", "industry", "check"),
    [
        ("C2614", "chemical", False),
        (" c2614 ", "chemical", False),
        ("Ｃ２６１４", "chemical", False),
        ("C2672", "fireworks", False),
        ("C2671", "none", False),
        ("C267", "chemical", True),
        ("26", "chemical", True),
        ("F5265", "hazardous", True),
        ("F2614", "none", True),
        ("9999", "none", True),
        ("化工", "chemical", False),
        ("化工行业", "chemical", False),
        ("某某涂料有限公司", "chemical", True),
        ("鞭炮厂", "fireworks", True),
        ("危险化学品", "hazardous", False),
        ("", "none", True),
    ],
)
def test_codes_and_names_find_their_industry(text: str, industry: str, check: bool) -> None:
    assert found(text) == (industry, check)


def test_a_code_outside_says_why() -> None:
    match = match_industry("C2671", INDUSTRIES, RULES)
    assert str(match.reason) == "行业代码 C2671 不在包保范围：民爆"


@given(st.text(max_size=12))
def test_any_text_gets_an_answer_and_no_industry_is_never_certain_without_a_rule(text: str) -> None:
    match = match_industry(text, INDUSTRIES, RULES)
    assert str(match.reason)
    assert match.industry is not None or match.check or match.by
