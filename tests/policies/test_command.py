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
