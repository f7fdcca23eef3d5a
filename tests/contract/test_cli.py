"""The command line: one JSON object, errors as code + sentence, exit 0 done, 1 refused, 2 wrong usage."""

import json

import click
import pytest

from anwang.config import cli
from anwang.domain.base import Refusal


def run(capsys, *arguments):
    """(exit code, standard output, standard error) of a command run in this process."""
    code = 0
    try:
        cli.main([*arguments])
    except SystemExit as stop:
        code = stop.code or 0
    said = capsys.readouterr()
    return code, said.out, said.err


def commands(group, path=()):
    """Every command of the tree with its path."""
    if isinstance(group, click.Group):
        for name in group.list_commands(click.Context(group)):
            yield from commands(group.get_command(click.Context(group), name), (*path, name))
    else:
        yield path, group


def test_an_unknown_option_is_wrong_usage(capsys):
    assert run(capsys, "policy", "check", "--nonsense")[0] == 2


def test_an_unknown_command_is_wrong_usage(capsys):
    assert run(capsys, "fly")[0] == 2


@pytest.mark.slow
def test_a_result_is_one_json_object_on_standard_output(capsys):
    code, out, err = run(capsys, "policy", "check", "--json")
    assert (code, err) == (0, "")
    assert json.loads(out)["failed"] == 0


@pytest.mark.django_db
def test_a_refusal_is_a_code_and_a_sentence_on_standard_error(capsys, monkeypatch):
    def refuse(**_):
        raise Refusal("closed_today", "今天%(what)s，请明天再来。", what="休息")

    monkeypatch.setattr("anwang.features.policies.actions.keep_version", refuse)
    assert run(capsys, "policy", "load") == (1, "", "closed_today: 今天休息，请明天再来。\n")


@pytest.mark.django_db
def test_a_bad_date_is_wrong_usage_and_says_how_to_write_one(capsys):
    code, _out, err = run(capsys, "duties", "open", "--on", "24.11.2026")
    assert code == 2
    assert "2026-11-24" in err


def test_every_command_explains_itself_and_every_job_speaks_json():
    for path, command in commands(cli.cli):
        assert (command.help or "").strip(), f"anwang {' '.join(path)} has no help"
        for option in command.params:
            assert isinstance(option, click.Argument) or option.help or option.name in {"host", "port", "workers"}, path
    silent = {("serve",)}
    speaking = {path for path, command in commands(cli.cli) if any(p.name == "as_json" for p in command.params)}
    assert {path for path, _command in commands(cli.cli)} - speaking - silent <= WITHOUT_JSON


#: They write a file or ask for a password; their result is not an object.
WITHOUT_JSON = {(group, "template") for group in ("roster", "people", "duties", "advice", "tasks", "evaluations")}
