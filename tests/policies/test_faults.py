"""A fault in a policy is reported with its file, its line and what was expected."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anwang.adapters.policy_files import parse_policy_text, read_policy_texts
from anwang.domain.policy import Fault, Policy, PolicyError, build_policy
from anwang.domain.policy.nodes import Table

FOLDER = Path(__file__).parents[2] / "policies" / "linyi-2020-9"
TEXTS = read_policy_texts(FOLDER)


def tables(**changed: str) -> list[Table]:
    parsed = {name: parse_policy_text(changed.get(name, text), name) for name, text in TEXTS.items()}
    return [table for table, _ in parsed.values() if table is not None]


PARSED = dict(zip(TEXTS, tables(), strict=True))


def mutated(file: str, old: str, new: str) -> tuple[int, PolicyError]:
    """The line of the first `old` and what loading says once it is `new`."""
    before, found, _ = TEXTS[file].partition(old)
    assert found, f"{old!r} is not in {file}"
    table, faults = parse_policy_text(TEXTS[file].replace(old, new, 1), file)
    assert table is not None, faults
    with pytest.raises(PolicyError) as caught:
        build_policy([table if name == file else whole for name, whole in PARSED.items()])
    return before.count("\n") + 1, caught.value


def the_fault(error: PolicyError, code: str) -> Fault:
    found = [fault for fault in error.faults if fault.expected.code == f"policy.{code}"]
    assert found, str(error)
    return found[0]


N72 = "code: N7.2\n    number: 2"

MUTATIONS = [
    ("missing", "duties.yaml", "    cadence: half_month\n", "", -7, "cadence：此键必填"),
    ("choice", "duties.yaml", "cadence: half_month", "cadence: weekly", 0, "half_month、month、quarter"),
    ("choice", "duties.yaml", "[call, video]", "[call, fax]", 0, "on_site"),
    ("twice", "duties.yaml", "[call, video]", "[call, call]", 0, "不得重复"),
    ("flag", "duties.yaml", "on_site: true", "on_site: 1", 0, "true 或 false"),
    ("integer", "duties.yaml", "grace_days: 5", "grace_days: five", 0, "0 至 366 的整数"),
    ("integer", "duties.yaml", "grace_days: 5", "grace_days: 367", 0, "“367”"),
    ("must_be", "duties.yaml", "must_be: yes", "must_be: maybe", 0, "yes、no"),
    ("required_when", "duties.yaml", "principal_present=no", "principal_here=no", 0, "没有 principal_here"),
    ("choices", "duties.yaml", "kind: choice", "kind: text", 2, "其他类型不应有"),
    ("shape", "duties.yaml", "code: question,", "code: Question!,", 0, "minutes"),
    ("repeated", "duties.yaml", "code: reply,", "code: question,", 0, "question 已写在 duties.yaml:22"),
    ("key_unknown", "duties.yaml", "    bundle: false", "    bundled: false", 0, "bundle、cadence"),
    ("key_twice", "duties.yaml", "    bundle: false", "    bundle: false\n    bundle: true", 1, "只能写一次"),
    ("office_sets", "duties.yaml", "[answers, bundle,", "[answer, bundle,", 0, "“answer”"),
    ("unknown_name", "duties.yaml", "clause: 附件4.2", "clause: 附件4.9", 0, "“附件4.9”"),
    ("day", "duties.yaml", "valid_from: 2020-03-05", "valid_from: 2020-3-5", 0, "2020-03-05"),
    ("day", "duties.yaml", "valid_from: 2020-03-05", "valid_from: 2020-02-30", 0, "“2020-02-30”"),
    ("overlap", "duties.yaml", N72, "code: N7.1\n    number: 2", 0, "valid_to"),
    ("grading", "grading.yaml", "at_least: 10", "at_least: 12", -17, "是否衔接"),
    ("integer", "grading.yaml", "at_least: 3", "at_least: 三", 0, "整数"),
    ("hazards", "grading.yaml", "        hazards: [poisoning, explosion, fire]\n", "", -4, "危险因素"),
    ("shape", "allocation.yaml", "managing: [city]", "managing: [town]", 0, "city、county、local"),
    ("value", "allocation.yaml", "level: city", "level: enterprise", -3, "has no officials"),
    ("levels", "allocation.yaml", ", village: 40}", "}", 0, "缺 village"),
    ("integer", "allocation.yaml", "uncovered: 2000", "uncovered: -1", 0, "“-1”"),
    ("shape", "industries.yaml", "[C26]", "[26]", 0, "C2614"),
    ("unknown_name", "industries.yaml", "[C26], industry: chemical", "[C26], industry: chemistry", 0, "“chemistry”"),
    ("overlap", "industries.yaml", "[C2671]", "[C26]", 0, "C26"),
    ("order", "milestones.yaml", "    due: 03-15", "    valid_to: 2020-03-05\n    due: 03-15", 0, "晚于 valid_from"),
    ("month_day", "milestones.yaml", "due: 03-15", "due: 02-29", 0, "03-15"),
    ("order", "ladder.yaml", "level: township, accept_days: 1", "level: village, accept_days: 1", -2, "逐级"),
    ("order", "ladder.yaml", "solve_days: 1}", "solve_days: 0}", 0, "不小于 accept_days"),
    ("overlap", "ladder.yaml", "kind: violation", "kind: major_hazard", 0, "重叠"),
    ("weights", "assessment.yaml", "weight: 45", "weight: 46", -1, "实际为 101"),
    ("shape", "visits.yaml", "[6, 7]", "[6, 8]", 0, "1（周一）"),
    ("place", "documents.yaml", "监督电话：{hotline}", "监督电话：{home}", 0, "{home}"),
    ("repeated", "documents.yaml", "{key: village,", "{key: county,", 0, "county 已写在 documents.yaml:"),
    (
        "shape",
        "policy.yaml",
        "document_number: 临应急发〔2020〕9号",
        "document_number: 临应急发[2020]9号",
        0,
        "〔2020〕",
    ),
    ("shape", "policy.yaml", "format: 1", "format: 2", 0, "“2”"),
    ("repeated", "clauses.yaml", "code: 二.2", "code: 二.1", 0, "clauses.yaml"),
    ("parent", "clauses.yaml", "parent: 二\n", "parent: 二.1\n", 0, "前面已写的条款"),
    ("unknown_name", "clauses.yaml", "rules: [weights]", "rules: [weight]", 0, "规则"),
    ("unknown_name", "clauses.yaml", "documents: [attachment2]", "documents: [attachment9]", 0, "文书"),
    ("shape", "clauses.yaml", "screens: [coverage,", "screens: [/coverage/,", 0, "assign_plan"),
    ("shape", "clauses.yaml", "[N2, N3]", "[N2, 三]", 0, "N7.2"),
    ("table", "clauses.yaml", "  - code: 一\n", "  - 序\n  - code: 一\n", 0, "键值表"),
    ("values", "visits.yaml", "[6, 7]", "6", 0, "值的列表"),
    ("scalar", "visits.yaml", "per_day: 1", "per_day: [1]", 0, "单个值"),
    (
        "integer",
        "visits.yaml",
        "stops_per_day: 4",
        "stops_per_day: 0",
        0,
        "visits[1].stops_per_day：应为 1 至 20 的整数",
    ),
    ("integer", "visits.yaml", "calls_per_day: 12", "calls_per_day: 12.5", 0, "visits[1].calls_per_day"),
    ("integer", "visits.yaml", "rating_people: 2", "rating_people: 1", 0, "visits[1].rating_people：应为 2 至 100"),
    ("order", "visits.yaml", "named_within_days: 365", "named_within_days: 30", 0, "不小于 meant_within_days"),
    ("missing", "visits.yaml", "    look_back_days: 92 ", "    # look_back_days: 92 ", -18, "look_back_days：此键必填"),
    ("integer", "duties.yaml", "soon_days: 3", "soon_days: 400", 0, "duties[N7.1].soon_days"),
    ("integer", "hints.yaml", "premises_km: 2", "premises_km: -1", 0, "hints[1].premises_km"),
    ("integer", "reports.yaml", "accept_days: 7", "accept_days: 0", 0, "reports[1].accept_days：应为 1 至 366"),
    ("integer", "reports.yaml", "answer_days: 30", "answer_days: 三十", 0, "reports[1].answer_days"),
    ("rising", "reports.yaml", "[30, 90, 180]", "[30, 180, 90]", 0, "reports[1].follow_up_days：应为由小到大"),
    ("rising", "reports.yaml", "[30, 90, 180]", "[30, 九十]", 0, "由小到大"),
    ("missing", "reports.yaml", "    came_within_days: 180 ", "    # came_within_days: 180 ", -5, "此键必填"),
    ("rising", "boards.yaml", "[7, 30, 90]", "[]", 0, "boards[1].age_days"),
    ("many", "boards.yaml", "[7, 30, 90]", "[7, 30, 90, 180]", 0, "最多写 3 个"),
    ("choice", "cases.yaml", "ask: ladder", "ask: riddle", 0, "grading、industry"),
]


@pytest.mark.parametrize(("code", "file", "old", "new", "offset", "said"), MUTATIONS)
def test_a_changed_policy_says_where_it_is_wrong_and_what_it_expects(
    code: str, file: str, old: str, new: str, offset: int, said: str
) -> None:
    line, error = mutated(file, old, new)
    fault = the_fault(error, code)
    assert (fault.mark.file, fault.mark.line) == (file, line + offset)
    assert said in str(fault)


@pytest.mark.slow
def test_all_faults_come_at_once_in_the_order_of_files_and_lines() -> None:
    text = (
        TEXTS["duties.yaml"].replace("cadence: quarter", "cadence: spring").replace("grace_days: 15", "grace_days: x")
    )
    with pytest.raises(PolicyError) as caught:
        build_policy(tables(**{"duties.yaml": text}))
    faults = caught.value.faults
    assert len(faults) == 6
    assert [fault.mark.line for fault in faults] == sorted(fault.mark.line for fault in faults)


def test_a_section_may_stand_only_once() -> None:
    again, _ = parse_policy_text("visits: []\n", "more.yaml")
    assert again is not None
    with pytest.raises(PolicyError, match=r"more\.yaml:1 visits：同一个键只能写一次"):
        build_policy([*PARSED.values(), again])


def test_a_rule_is_superseded_and_both_versions_stay() -> None:
    from datetime import date

    text = TEXTS["visits.yaml"]
    body = text[text.index("  - clause") :]
    old = body.replace("valid_from: 2020-03-05", "valid_from: 2020-03-05\n    valid_to: 2026-07-01", 1)
    new = body.replace("valid_from: 2020-03-05", "valid_from: 2026-07-01", 1).replace("per_month: 2", "per_month: 1")
    policy = build_policy(tables(**{"visits.yaml": f"visits:\n{old}{new}"}))
    assert policy.visits(date(2026, 6, 30)).per_month == 2
    assert policy.visits(date(2026, 7, 1)).per_month == 1


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_policy_without_one_of_its_lines_loads_or_names_a_line_and_never_breaks(data: st.DataObject) -> None:
    file = data.draw(st.sampled_from(["visits.yaml", "assessment.yaml", "grading.yaml", "allocation.yaml"]))
    lines = TEXTS[file].splitlines()
    gone = data.draw(st.integers(0, len(lines) - 1))
    table, faults = parse_policy_text("\n".join(lines[:gone] + lines[gone + 1 :]), file)
    if table is None:
        assert faults[0].mark.line <= len(lines)
        return
    outcome = built_or_error([table if name == file else whole for name, whole in PARSED.items()])
    if isinstance(outcome, PolicyError):
        assert all(fault.mark.line >= 1 and str(fault.expected) for fault in outcome.faults)
    else:
        assert outcome.meta.code == "linyi-2020-9"


def built_or_error(whole: list[Table]) -> Policy | PolicyError:
    try:
        return build_policy(whole)
    except PolicyError as error:
        return error
