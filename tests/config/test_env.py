"""Configuration: bad values stop the start with an instruction."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from anwang.config import env


def test_a_flag_that_is_no_flag_says_what_is_expected():
    with pytest.raises(ImproperlyConfigured, match="应为 1 或 0"):
        env.flag("X", env={"X": "maybe"})


@pytest.mark.parametrize(("value", "expected"), [("1", True), ("TRUE", True), ("no", False), ("", False)])
def test_flags_are_read_in_the_usual_spellings(value, expected):
    assert env.flag("X", env={"X": value}) is expected


@pytest.mark.parametrize("value", ["0", "501", "ten", "-1"])
def test_a_number_outside_its_bounds_is_refused(value):
    with pytest.raises(ImproperlyConfigured, match="1 到 500"):
        env.number("X", 30, low=1, high=500, env={"X": value})


def test_a_secret_is_read_from_its_file(tmp_path):
    (tmp_path / "secret").write_text("geheim\n", encoding="utf-8")
    assert env.text("X", env={"X_FILE": str(tmp_path / "secret")}) == "geheim"


def test_a_missing_secret_file_is_named(tmp_path):
    with pytest.raises(ImproperlyConfigured, match="gone"):
        env.text("X", env={"X_FILE": str(tmp_path / "gone")})


def test_without_a_url_the_database_is_sqlite_in_the_data_folder():
    found = env.database("", Path("/srv/anwang"))
    assert found["NAME"] == "/srv/anwang/anwang.sqlite3"
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_a_postgresql_url_keeps_its_odd_characters():
    found = env.database("postgresql://u%40x:p%2F1@db.local:5433/anwang?sslmode=require", Path("."))
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"]) == ("u@x", "p/1", "db.local", "5433")
    assert found["OPTIONS"] == {"sslmode": "require"}


def test_another_database_is_refused_with_an_example():
    with pytest.raises(ImproperlyConfigured, match="postgresql://"):
        env.database("mysql://x", Path("."))


def test_without_a_mail_url_nothing_is_sent():
    assert env.mail("", "") == {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}


def test_a_mail_url_keeps_its_odd_characters_and_has_a_time_limit():
    found = env.mail("smtps://u%40x:p%2F1@mail.example", "anwang@mail.example")
    assert (found["EMAIL_HOST_USER"], found["EMAIL_HOST_PASSWORD"], found["EMAIL_PORT"]) == ("u@x", "p/1", 465)
    assert found["EMAIL_USE_SSL"]
    assert 0 < found["EMAIL_TIMEOUT"] <= 30


@pytest.mark.parametrize("url", ["http://mail.example", "mail.example:25", "smtp://", "smtp://mail.example:port"])
def test_another_mail_url_is_refused_with_an_example(url):
    with pytest.raises(ImproperlyConfigured, match="smtps://"):
        env.mail(url, "anwang@mail.example")


@pytest.mark.parametrize("sender", ["", "nobody", "a@b.example\nBcc: c@d.example"])
def test_a_sender_that_is_no_address_is_refused(sender):
    with pytest.raises(ImproperlyConfigured, match="ANWANG_MAIL_FROM"):
        env.mail("smtp://mail.example", sender)
