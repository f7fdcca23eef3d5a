"""Fonts: found, mapped, fetched once, and missing characters noticed."""

from __future__ import annotations

import tarfile
from io import BytesIO
from pathlib import Path

import pytest

from anwang.adapters.fonts import faces, font_set
from anwang.adapters.fonts import prepare as preparing
from anwang.adapters.fonts.__main__ import main
from anwang.adapters.fonts.coverage import covered
from anwang.adapters.fonts.faces import fonts_folder, fonts_folders
from anwang.domain.base import Refusal

pytestmark = pytest.mark.slow


def test_rare_characters_of_local_names_are_covered():
    assert font_set().missing("祊喆堃昇临沂〔2026〕〓") == ""


def test_a_character_without_a_font_is_found_once():
    assert font_set().missing("安🙂全🙂") == "🙂"


def test_every_face_has_a_font():
    assert {face for face, families in font_set().faces.items() if families} == {"fang", "kai", "hei", "song"}


def test_without_any_chinese_font_the_sentence_names_the_command(monkeypatch):
    monkeypatch.setitem(faces.FACES, "fang", ("No Such Font",))
    with pytest.raises(Refusal) as refusal:
        faces._load.__wrapped__((Path("nowhere"),))
    assert refusal.value.code == "fonts.missing"
    assert "python -m anwang.adapters.fonts prepare" in str(refusal.value)


def test_an_unreadable_file_covers_nothing(tmp_path):
    broken = tmp_path / "broken.otf"
    broken.write_bytes(b"OTTO\x00\x09garbage")
    assert covered(broken) == frozenset()
    assert covered(tmp_path / "absent.otf") == frozenset()


def test_the_operator_names_folders_like_a_path(monkeypatch):
    monkeypatch.setenv("ANWANG_FONTS", "/srv/licensed:/srv/free")
    assert fonts_folders() == (Path("/srv/licensed"), Path("/srv/free"))
    assert fonts_folder() == Path("/srv/licensed")


def test_without_a_setting_fonts_are_in_the_checkout(monkeypatch):
    monkeypatch.delenv("ANWANG_FONTS", raising=False)
    assert fonts_folder().name == ".fonts"


@pytest.fixture
def nothing_installed(monkeypatch):
    monkeypatch.setattr(preparing, "SYSTEM", ())


def test_what_is_there_is_not_fetched_again(tmp_path, monkeypatch, nothing_installed):
    for source in preparing.SOURCES:
        for name in source.files:
            (tmp_path / name).write_bytes(b"font")
    monkeypatch.setattr(preparing, "_run", lambda *_: pytest.fail("fetched again"))
    assert preparing.prepare(tmp_path, pytest.fail) == []


def test_a_source_that_cannot_be_had_is_one_clear_sentence_each(tmp_path, monkeypatch, nothing_installed):
    monkeypatch.setattr(preparing, "_run", lambda *_: False)
    problems = preparing.prepare(tmp_path, lambda _: None)
    assert len(problems) == len(preparing.SOURCES)
    assert problems[0].startswith("字体包 texlive-lang-chinese")
    assert "请检查网络" in problems[0]


def test_without_package_tools_the_operator_is_told_which_files_to_bring(tmp_path, monkeypatch, nothing_installed):
    monkeypatch.setattr(preparing.shutil, "which", lambda _: None)
    [*_, last] = preparing.prepare(tmp_path, lambda _: None)
    assert "NotoSansCJK-Regular.ttc" in last


def test_stale_package_lists_are_replaced_by_lists_of_our_own(tmp_path, monkeypatch):
    commands = []

    def run(command, folder):
        commands.append(command)
        if len(commands) == 1:
            return False
        (folder / "fonts-x_1_all.deb").write_bytes(b"")
        return True

    monkeypatch.setattr(preparing, "_run", run)
    assert preparing._download("fonts-x", tmp_path).name == "fonts-x_1_all.deb"
    assert [command[-1] for command in commands] == ["fonts-x", "update", "fonts-x"]
    assert any(part.startswith("-oDir::State::Lists=") for part in commands[1])


def test_only_wanted_files_are_unpacked_and_none_by_halves(tmp_path):
    archive = BytesIO()
    with tarfile.open(fileobj=archive, mode="w") as tar:
        for name in ("./usr/share/fonts/Wanted.otf", "./usr/share/doc/readme"):
            member = tarfile.TarInfo(name)
            member.size = 4
            tar.addfile(member, BytesIO(b"font"))
    archive.seek(0)
    with tarfile.open(fileobj=archive, mode="r|") as tar:
        for member in tar:
            if member.name.endswith("Wanted.otf"):
                preparing._write(tar, member, tmp_path / "Wanted.otf")
    assert [path.name for path in tmp_path.iterdir()] == ["Wanted.otf"]


def test_the_command_lists_the_fonts_in_use(capsys):
    assert main(["list"]) == 0
    assert capsys.readouterr().out.splitlines()[0].startswith("fang: ")
