"""The suite's own guards: no network, and no test that silently did not run."""

from __future__ import annotations

import socket

import pytest

from tests import needs


def test_tests_reach_no_other_machine():
    with socket.socket() as client, pytest.raises(UserWarning, match=r"192\.0\.2\.1"):
        client.connect(("192.0.2.1", 80))


def test_a_missing_browser_is_named_with_its_package(monkeypatch):
    monkeypatch.setattr("shutil.which", lambda command: None)
    assert needs.missing_for(["slow", "browser"]).endswith("install the Debian package chromium")


def test_a_present_program_is_not_missed(monkeypatch):
    monkeypatch.setattr("shutil.which", lambda command: f"/usr/bin/{command}")
    assert not needs.missing_for(["browser", "libreoffice", "poppler"])
