"""A long reading sees one state of the database while others write, and holds nobody up."""

from typing import Any

import pytest
from django.db import connection as default
from django.db.utils import ConnectionHandler

from anwang.adapters import snapshot
from anwang.config import env

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def two(tmp_path: Any) -> Any:
    """Two connections to one database: on SQLite a file as in production, tests themselves live in memory."""
    config = dict(default.settings_dict) if default.vendor == "postgresql" else env.sqlite(tmp_path / "one.sqlite3")
    connections = [ConnectionHandler({"default": dict(config)})["default"] for _ in range(2)]
    run(connections[0], "CREATE TABLE moments (n integer)")
    yield connections
    run(connections[0], "DROP TABLE moments")
    for each in connections:
        each.close()


def run(connection: Any, statement: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if statement.startswith("SELECT") else []


def count(connection: Any) -> int:
    return run(connection, "SELECT count(*) FROM moments")[0][0]


def test_what_is_written_meanwhile_is_seen_afterwards(two: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    reader, writer = two
    monkeypatch.setattr(snapshot, "connection", reader)
    if reader.vendor == "postgresql":
        pytest.skip("atomic() of the default connection is what is used there")
    with snapshot.one_moment():
        assert count(reader) == 0
        run(writer, "INSERT INTO moments VALUES (1)")
        assert count(writer) == 1
        assert count(reader) == 0
    assert count(reader) == 1


def test_the_default_database_is_read_at_one_moment_on_postgresql() -> None:
    if default.vendor != "postgresql":
        pytest.skip("SQLite is held by the test above")
    other = ConnectionHandler({"default": dict(default.settings_dict)})["default"]
    run(other, "CREATE TABLE moments (n integer)")
    try:
        with snapshot.one_moment():
            assert count(default) == 0
            run(other, "INSERT INTO moments VALUES (1)")
            assert count(default) == 0
        assert count(default) == 1
    finally:
        run(other, "DROP TABLE moments")
        other.close()


def test_a_fault_inside_leaves_no_transaction_open(two: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    if default.vendor == "postgresql":
        pytest.skip("atomic() sees to it")
    reader, writer = two
    monkeypatch.setattr(snapshot, "connection", reader)
    with pytest.raises(LookupError), snapshot.one_moment():
        raise LookupError
    run(writer, "INSERT INTO moments VALUES (1)")
    assert count(reader) == 1
