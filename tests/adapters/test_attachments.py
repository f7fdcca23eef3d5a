"""A file is what its content is, to the last byte."""

from io import BytesIO

import pytest

from anwang.adapters.attachments import Kind, judge
from tests.features.advice.files import SVG, box, docx, mp4, pdf, picture, webm
from tests.refusals import refused

ALL = tuple(Kind)
MOST = 1 << 20


def kind(data, allowed=ALL, most=MOST):
    return judge(BytesIO(data), allowed=allowed, most=most).kind


@pytest.mark.parametrize(
    ("data", "found"),
    [(mp4(), "mp4"), (webm(), "webm"), (pdf(), "pdf"), (docx(), "docx"), (picture(), "png"), (picture("JPEG"), "jpeg")],
)
def test_a_sound_file_is_known_by_its_content(data, found):
    assert kind(data) == found


def test_the_file_is_rewound_for_whoever_keeps_it():
    file = BytesIO(pdf())
    assert (judge(file, allowed=ALL, most=MOST).size, file.tell()) == (len(pdf()), 0)


@pytest.mark.parametrize("data", [SVG, b"<html><script>1</script>", b"MZ\x90\x00" + b"\x00" * 99, b"GIF89a/*" * 20])
def test_what_is_no_known_kind_is_refused(data):
    with refused("file_kind"):
        kind(data)


def test_a_known_kind_that_is_not_wanted_here_is_refused():
    with refused("file_kind"):
        kind(mp4(), allowed=(Kind.PDF,))


def test_nothing_is_refused():
    with refused("file_empty"):
        kind(b"")


def test_one_byte_too_many_is_refused():
    assert kind(pdf(), most=len(pdf())) == "pdf"
    with refused("file_large"):
        kind(pdf(), most=len(pdf()) - 1)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(mp4() + b"<html><script>alert(1)</script>", id="web page behind a film"),
        pytest.param(mp4() + docx(), id="archive behind a film"),
        pytest.param(mp4()[:-40], id="film cut off"),
        pytest.param(box(b"ftyp", b"isom"), id="film without pictures"),
        pytest.param(webm() + b"tail", id="tail behind a WebM"),
        pytest.param(pdf() + docx(), id="archive behind a PDF"),
        pytest.param(pdf()[:-20], id="PDF cut off"),
        pytest.param(b"PK\x03\x04" + b"\x00" * 200, id="no archive"),
        pytest.param(docx().replace(b"word/document", b"evil/document"), id="an archive that is no Word document"),
    ],
)
def test_a_damaged_file_and_one_of_two_kinds_are_refused(data):
    with refused("file_damaged"):
        kind(data)


@pytest.mark.parametrize("inside", [b"/JavaScript (x)", b"/JS (x)", b"/Launch ", b"/EmbeddedFile "])
def test_a_pdf_that_runs_or_carries_something_is_refused(inside):
    with refused("file_active"):
        kind(pdf(inside))


def test_a_word_document_with_macros_is_refused():
    with refused("file_active"):
        kind(docx("word/vbaProject.bin"))
