"""`anwang policy check` says what is wrong and ends with 1."""

import json
import shutil
from pathlib import Path

import pytest

from anwang.config.cli import main

FOLDER = Path(__file__).parents[2] / "policies" / "linyi-2020-9"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "mine"))


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.slow
def test_a_good_policy_answers_all_its_examples(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["policy", "check", str(folder), "--json"])
    answer = json.loads(capsys.readouterr().out)
    assert answer["failed"] == 0
    assert answer["cases"] > 80


@pytest.mark.slow
def test_a_fault_ends_with_one_and_names_the_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(folder / "duties.yaml", "cadence: half_month", "cadence: weekly")
    with pytest.raises(SystemExit) as ended:
        main(["policy", "check", str(folder)])
    assert ended.value.code == 1
    line = (FOLDER / "duties.yaml").read_text(encoding="utf-8").partition("cadence: half_month")[0].count("\n") + 1
    assert f"duties.yaml:{line} duties[N7.2].cadence" in capsys.readouterr().err


@pytest.mark.slow
def test_a_wrong_example_ends_with_one(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(folder / "grading.yaml", "at_least: 10", "at_least: 11")
    change(folder / "grading.yaml", "below: 10", "below: 11")
    with pytest.raises(SystemExit) as ended:
        main(["policy", "check", str(folder)])
    assert ended.value.code == 1
    assert "十人同时作业，是重大" in capsys.readouterr().err


@pytest.mark.slow
def test_what_is_in_force_is_shown_with_what_the_office_has_set(capsys: pytest.CaptureFixture[str]) -> None:
    main(["policy", "show", "reports", "--json"])
    answer = json.loads(capsys.readouterr().out)
    assert answer["values"]["reports.follow_up_days"] == "30、90、180"
    assert "reports.accept_days" in answer["office_sets"]
    main(["policy", "show", "reports"])
    assert "几天内受理：7" in capsys.readouterr().out


@pytest.mark.slow
@pytest.mark.django_db
def test_two_policies_are_compared_value_by_value(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(folder / "reports.yaml", "accept_days: 7 ", "accept_days: 3 ")
    change(folder / "cases.yaml", "三次轻伤、条件仍在，是重大", "三次轻伤是重大")
    main(["policy", "diff", str(folder), str(FOLDER), "--json"])
    assert json.loads(capsys.readouterr().out)["changes"] == [
        {"where": "reports[1].accept_days", "old": "3", "new": "7"}
    ]
    main(["policy", "load", "--json"])
    version = json.loads(capsys.readouterr().out)["version"]
    main(["policy", "diff", version])
    assert "两个方案的数值相同" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        main(["policy", "diff", "nowhere"])
    assert "已登记的版本号" in capsys.readouterr().err


@pytest.mark.slow
def test_a_wrong_value_is_refused_with_its_code_file_and_key(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(folder / "visits.yaml", "stops_per_day: 4 ", "stops_per_day: many ")
    with pytest.raises(SystemExit) as ended:
        main(["policy", "check", str(folder)])
    assert ended.value.code == 1
    told = capsys.readouterr().err
    assert told.startswith("policy.integer: visits.yaml:")
    assert "visits[1].stops_per_day：应为 1 至 20 的整数（实际为 “many”）" in told
