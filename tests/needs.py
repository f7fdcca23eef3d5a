"""Programs that some tests drive. Where one is missing the test says so; in continuous integration it fails."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable

import pytest
from pytest_socket import socket_allow_hosts

PROGRAMS = {
    "browser": (("chromium", "chromium-browser", "google-chrome"), "chromium"),
    "libreoffice": (("soffice",), "libreoffice-writer-nogui"),
    "poppler": (("pdftoppm",), "poppler-utils"),
}


def missing_for(marks: Iterable[str]) -> str:
    """One sentence about the first mark whose program is not in PATH, or ''."""
    for mark in marks:
        commands, package = PROGRAMS.get(mark, ((), ""))
        if commands and not any(map(shutil.which, commands)):
            return f"{' / '.join(commands)} is missing: install the Debian package {package}"
    return ""


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip the test, or fail it where everything must be there; and close every host but this machine."""
    if reason := missing_for(mark.name for mark in item.iter_markers()):
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)
    socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)
