"""Emptying the database after a test that wrote for good: only tables that hold something, and no lock on the others.

The usual way truncates all hundred of them: half a second each time, and a deadlock with a request of the last page
that is still being answered, after which every test finds the rows of the one before.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import pytest


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> Iterator[None]:
    from django.db.backends.postgresql.operations import DatabaseOperations

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "sql_flush", _of_what_is_there)
        yield


def _of_what_is_there(operations: Any, _style: Any, tables: Sequence[str], **_options: Any) -> list[str]:
    """Foreign keys are looked at when all of it is done, so that the order does not matter."""
    names = [operations.quote_name(table) for table in tables]
    asked = [f"SELECT {number} WHERE EXISTS (SELECT FROM {name})" for number, name in enumerate(names)]
    with operations.connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(asked))
        return [f"DELETE FROM {names[number]}" for (number,) in cursor.fetchall()]
