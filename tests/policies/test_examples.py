"""Every policy folder loads, and answers its own examples."""

from pathlib import Path

import pytest

from anwang.adapters.policy_files import load_policy
from anwang.domain.policy import Case, CaseResult, Policy, run_cases

FOLDER = Path(__file__).parents[2] / "policies"
POLICIES = {path.parent.name: load_policy(path.parent) for path in sorted(FOLDER.glob("*/policy.yaml"))}
EXAMPLES = [
    pytest.param(policy, case, id=f"{name}: {case.name}") for name, policy in POLICIES.items() for case in policy.cases
]


@pytest.mark.parametrize(("policy", "case"), EXAMPLES)
def test_the_policy_answers_its_example(policy: Policy, case: Case) -> None:
    (result,) = run_cases(policy, [case])
    assert result.passed, str(result)


@pytest.mark.parametrize("name", POLICIES)
def test_the_folder_is_named_after_the_policy(name: str) -> None:
    assert POLICIES[name].meta.code == name


@pytest.mark.parametrize("name", POLICIES)
def test_every_rule_and_document_is_reached_from_a_clause(name: str) -> None:
    policy = POLICIES[name]
    carried = [clause.carried_out_by for clause in policy.clauses]
    rules = {rule for each in carried for rule in each.rules}
    documents = {code for each in carried for code in each.documents}
    assert documents == {text.code for text in policy.document_versions}
    assert rules >= {rule.code for rule in policy.duty_rule_versions}
    assert rules >= {dated.value.code for dated in policy.level_rule_versions}
    assert rules >= {rule.code for rule in policy.milestone_versions + policy.ladder_versions}


def test_an_example_that_does_not_hold_says_what_came_instead() -> None:
    policy = POLICIES["linyi-2020-9"]
    case = next(case for case in policy.cases if "十人同时作业" in case.name)
    result = CaseResult(case, {"grade": "low"}, case.question.got(policy, case.on))
    assert not result.passed
    assert "cases.yaml:" in str(result)
    assert "'grade': 'major'" in str(result)


def test_an_example_before_the_policy_is_in_force_does_not_pass_and_does_not_break() -> None:
    from dataclasses import replace
    from datetime import date

    policy = POLICIES["linyi-2020-9"]
    early = [replace(case, on=date(2020, 3, 4)) for case in policy.cases]
    answers = [result for result in run_cases(policy, early) if "refused" in result.got]
    assert answers
    assert not any(result.passed for result in answers)
