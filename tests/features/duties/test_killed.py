"""Killed in the middle of recording: nothing that is named is missing, nothing is recorded twice, the rest is swept."""

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from .killed import POINTS

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[3]
#: Files that lie about without a name when the process died there.
LEFT = {"after_file": 1, "after_thumb": 2, "row": 2, "trail": 2, "before_commit": 2}


def run(folder, *words):
    """The program in a process of its own, on a database of its own."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("ANWANG_")}
    env |= {
        "ANWANG_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "anwang.config.settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]), "NUMBA_CACHE_DIR": str(ROOT / "var" / "numba"),
    }  # fmt: skip
    env.pop("DATABASE_URL", None)
    command = [sys.executable, str(Path(__file__).parent / "killed.py"), *words]
    return subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A database with the cast and its duties, made once."""
    folder = tmp_path_factory.mktemp("killed")
    answer = run(folder, "make")
    assert answer.returncode == 0, answer.stderr
    return folder


@pytest.mark.parametrize("point", POINTS)
def test_killed_there_the_database_is_sound_and_the_telephone_sends_again(made, tmp_path, point):
    folder = tmp_path / "data"
    shutil.copytree(made, folder)
    killed = run(folder, "record", point)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    answer = run(folder, "check")
    assert answer.returncode == 0, answer.stderr
    said = json.loads(answer.stdout)
    left = LEFT.get(point, 0)
    assert said["now"] == []
    assert said["before"] == (1 if point == "after_commit" else 0)
    assert (said["later"], said["swept"], said["after"]) == (["media_stray"] * left, left, [])
    assert (said["contacts"], said["photos"], said["end"]) == (1, 1, [])


def test_four_tabs_that_send_the_same_at_once_make_one_record_and_one_photo(made, tmp_path):
    folder = tmp_path / "data"
    shutil.copytree(made, folder)
    answer = run(folder, "together")
    assert answer.returncode == 0, answer.stderr
    said = json.loads(answer.stdout)
    assert said == {"again": [False, True, True, True], "counts": [1, 0, 1], "faults": []}
