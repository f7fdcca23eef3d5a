"""The notice as data says what the notice says."""

import re
import time
from datetime import date, timedelta
from pathlib import Path

import pytest

from anwang.adapters.policy_files import load_policy
from anwang.domain.base import Grade, Level, Refusal
from anwang.domain.duties.rules import Cadence, Form
from anwang.domain.ladder.rules import ProblemKind
from anwang.domain.policy import Policy

FOLDER = Path(__file__).parents[2] / "policies" / "linyi-2020-9"
DAY = date(2026, 11, 24)
ISSUED = date(2020, 3, 5)
INDUSTRIES = "化工、危险化学品、医药、烟花爆竹、非煤矿山、冶金、有色、建材、机械、轻工、纺织、烟草、商贸"
STATISTICS = (
    "序号 县区 乡镇 村居 企业名称 统一社会信用代码 生产经营地址 行业 从业人数 企业主要负责人 联系电话 "
    "安全负责人 联系电话 重大危险源 风险等级 包保级别 包保人 单位 职务 联系电话 所属网格 网格长 "
    "承诺书签订日期 公示日期 备注"
)


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load_policy(FOLDER)


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_the_clauses_together_are_the_notice_word_for_word(policy: Policy) -> None:
    notice = (FOLDER / "notice.txt").read_text(encoding="utf-8")
    assert squeezed("".join(clause.heading + clause.text for clause in policy.clauses)) == squeezed(notice)


def test_every_clause_of_the_notice_is_there(policy: Policy) -> None:
    codes = {clause.code for clause in policy.clauses}
    measures = {"一", "二.1", "二.2", *(f"三.{n}" for n in range(1, 6)), *(f"四.{n}" for n in range(1, 5))}
    assert codes >= measures | {f"附件{n}" for n in range(1, 7)}
    assert [clause.code for clause in policy.children("二")] == ["二.1", "二.2"]


def test_each_clause_carries_the_day_from_which_it_holds(policy: Policy) -> None:
    assert {clause.interval.start for clause in policy.clauses} == {ISSUED}


def test_the_head_names_the_document(policy: Policy) -> None:
    meta = policy.meta
    assert (meta.document_number, meta.issuer) == ("临应急发〔2020〕9号", "临沂市应急管理局")
    assert (meta.issued_on, meta.disclosure, meta.public) == (ISSUED, "主动公开", True)
    notice = policy.clause("通知").text
    assert all(text in squeezed(notice) for text in (meta.document_number, meta.title, meta.addressees))


def test_the_thirteen_industries_stand_in_the_order_of_the_notice(policy: Policy) -> None:
    assert "、".join(industry.name for industry in policy.industries) == INDUSTRIES
    assert INDUSTRIES in policy.clause("二.1").text
    assert [industry.index for industry in policy.industries] == list(range(1, 14))


def test_the_commitment_letter_is_attachment_3(policy: Policy) -> None:
    letter, text = policy.document("attachment3", DAY), policy.clause("附件3").text
    assert squeezed("".join(letter.opening + letter.items + letter.closing + letter.signatures)) == squeezed(text)
    assert letter.copies == 2
    assert "一式两份" in policy.clause("三.2").text


def test_the_eight_sentences_are_those_of_attachment_4_and_of_the_duty_rules(policy: Policy) -> None:
    rules = policy.duty_rules(DAY)
    sentences = policy.document("attachment4", DAY).items
    clauses = policy.children("附件4")
    assert len(sentences) == 8
    assert [clause.heading + clause.text for clause in clauses] == list(sentences)
    assert [rule.text for rule in rules] == [clause.text for clause in clauses]
    assert [rule.clause for rule in rules] == [clause.code for clause in clauses]


def test_attachment_3_promises_what_attachment_4_rules_but_for_one_word(policy: Policy) -> None:
    promises, rules = policy.document("attachment3", DAY).items, policy.document("attachment4", DAY).items
    different = [(promise, rule) for promise, rule in zip(promises, rules, strict=True) if promise != rule]
    assert [(promise.replace("教育活动", "教育"), rule) for promise, rule in different] == [(rules[3], rules[3])]


def test_attachment_6_is_its_clauses_and_its_grading_items(policy: Policy) -> None:
    document, rules = policy.document("attachment6", DAY), policy.grading(DAY)
    assert document.opening == (policy.clause("附件6").text,)
    parts = [clause for clause in policy.clauses if clause.code.startswith("附件6.")]
    assert list(document.items) == [clause.heading + clause.text for clause in parts]
    assert [policy.clause(item.clause).text for item in rules.items] == [item.text for item in rules.items]
    assert policy.clause(rules.rest_clause).text == rules.rest_text


def test_the_leading_group_is_attachment_1(policy: Policy) -> None:
    document, text = policy.document("attachment1", DAY), squeezed(policy.clause("附件1").text)
    written = "".join(f"{seat.role}（{seat.rank}）：{''.join(seat.names)}" for seat in document.seats)
    assert squeezed(written + "".join(document.closing)) == text


def test_the_statistics_table_has_its_twenty_five_columns(policy: Policy) -> None:
    columns = policy.document("attachment5", DAY).columns
    assert [column.title for column in columns] == STATISTICS.split()
    assert len({column.key for column in columns}) == 25


def test_the_duties_make_thirty_nine_records_a_year(policy: Policy) -> None:
    year = {Cadence.HALF_MONTH: 24, Cadence.QUARTER: 4, Cadence.HALF_YEAR: 2, Cadence.YEAR: 1}
    cadences = {rule.code: rule.cadence for rule in policy.duty_rules(DAY)}
    assert sum(year.get(cadence, 0) for cadence in cadences.values()) == 39
    assert (cadences["N7.1"], cadences["N7.8"]) == (Cadence.ON_DEMAND, Cadence.ON_DEMAND)


def test_a_duty_is_on_site_exactly_where_the_notice_says_on_site(policy: Policy) -> None:
    for rule in policy.duty_rules(DAY):
        assert rule.on_site == ("现场" in rule.text)
        assert not rule.on_site or Form.ON_SITE in rule.forms


def test_one_visit_can_meet_all_five_duties_on_site(policy: Policy) -> None:
    on_site = [rule for rule in policy.duty_rules(DAY) if rule.on_site]
    assert [rule.code for rule in on_site] == ["N7.3", "N7.4", "N7.5", "N7.6", "N7.7"]
    assert all(rule.bundle for rule in on_site)


def test_talk_and_education_are_both_needed(policy: Policy) -> None:
    needed = {answer.code: answer.must_be for answer in policy.duty_rule("N7.4", DAY).answers if answer.must_be}
    assert needed == {"talk_held": "yes", "education_held": "yes"}


def test_every_form_of_contact_of_the_notice_is_used(policy: Policy) -> None:
    assert {form for rule in policy.duty_rules(DAY) for form in rule.forms} == set(Form)


def test_no_answer_asks_for_a_photograph_or_a_location(policy: Policy) -> None:
    labels = "".join(answer.label + answer.help for rule in policy.duty_rules(DAY) for answer in rule.answers)
    assert not re.search("照片|拍照|定位|位置|打卡|签到", labels)


def test_the_sponsorship_runs_down_one_level_at_a_time(policy: Policy) -> None:
    sponsors = {name.level: name.sponsors for name in policy.levels}
    assert sponsors[Level.CITY] is Level.COUNTY
    assert sponsors[Level.COUNTY] is Level.TOWNSHIP
    assert sponsors[Level.TOWNSHIP] is Level.VILLAGE
    assert sponsors[Level.VILLAGE] is None


def test_the_dates_of_the_measures_are_those_of_the_notice(policy: Policy) -> None:
    for milestone in policy.milestones(DAY):
        due = milestone.due_in(2020)
        assert due is not None
        assert f"{due.month}月{due.day}日前" in policy.clause(milestone.clause).text


def test_every_division_of_the_classification_has_a_rule(policy: Policy) -> None:
    divisions = [f"{n:02d}" for n in range(1, 98)]
    without = [code for code in divisions if policy.industry_of(code).reason.code == "industry.no_rule"]
    assert without == []


def test_every_kind_of_problem_climbs_from_the_village_to_the_city(policy: Policy) -> None:
    for kind in ProblemKind:
        level: Level | None = Level.VILLAGE
        path = []
        while level:
            path.append(level)
            level = policy.ladder(kind, DAY).next_hop(level)
        assert path == [Level.VILLAGE, Level.TOWNSHIP, Level.COUNTY, Level.CITY]


def test_serious_problems_are_the_three_that_the_notice_names(policy: Policy) -> None:
    serious = {kind for kind in ProblemKind if policy.ladder(kind, DAY).serious}
    assert serious == set(ProblemKind) - {ProblemKind.OTHER, ProblemKind.DIFFICULTY}
    assert all(kind.label in policy.clause("三.4").text for kind in serious)


def test_a_level_keeps_only_its_share_of_a_deadline(policy: Policy) -> None:
    budget = policy.budget(DAY)
    assert budget.may_keep(Level.CITY, 30) == 6
    assert budget.may_keep(Level.COUNTY, 2) == 1
    assert budget.may_keep(Level.COUNTY, 1) == 0


def test_no_visit_is_planned_on_quiet_days(policy: Policy) -> None:
    visits = policy.visits(DAY)
    assert visits.is_quiet(date(2026, 10, 5))
    assert visits.is_quiet(date(2026, 11, 28))
    assert not visits.is_quiet(date(2026, 11, 24))


def test_only_major_risk_makes_a_key_enterprise(policy: Policy) -> None:
    assert policy.key_grades(DAY) == {Grade.MAJOR}


def test_the_day_before_the_notice_nothing_is_in_force(policy: Policy) -> None:
    before = ISSUED - timedelta(days=1)
    assert policy.duty_rules(before) == policy.level_rules(before) == policy.documents(before) == ()
    with pytest.raises(Refusal, match="2020-03-04"):
        policy.grading(before)
    assert policy.grading(ISSUED).items


def test_what_the_notice_leaves_open_is_marked_as_set_by_the_office(policy: Policy) -> None:
    assert "duties[N7.2].grace_days" in policy.office_sets
    assert "duties[N7.2].cadence" not in policy.office_sets
    assert "visits[1].per_month" in policy.office_sets


def test_every_screen_of_the_main_job_carries_out_a_clause(policy: Policy) -> None:
    screens = {screen for clause in policy.clauses for screen in clause.carried_out_by.screens}
    assert screens >= {"coverage", "enterprise_list", "roster_import", "person_list", "grid_tree", "assign_plan"}
    assert screens >= {"commitment_list", "posting_list", "duty_home", "contact_new", "leader_table", "attachment5"}


def test_screens_are_found_from_clauses_and_clauses_from_screens(policy: Policy) -> None:
    assert "三.2" in [clause.code for clause in policy.clauses_of("posting_list")]
    assert policy.clauses_of("no_such_screen") == ()


@pytest.mark.slow
def test_the_policy_loads_in_a_third_of_a_second_of_processor_time() -> None:
    load_policy(FOLDER)
    best = min(_seconds() for _ in range(3))
    assert best < 0.3


def _seconds() -> float:
    before = time.process_time()
    load_policy(FOLDER)
    return time.process_time() - before


@pytest.mark.parametrize("code", ["N7.3", "N7.4", "N7.5", "N7.7"])
def test_who_finds_no_principal_on_site_says_why(policy, code):
    absence = next(answer for answer in policy.duty_rule(code, DAY).answers if answer.code == "absence")
    assert absence.required_when == ("principal_present", "no")
