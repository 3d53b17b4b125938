"""One at a time: background work on a county is done by one process, however many run."""

from enum import IntEnum

from django.db import connection


class Task(IntEnum):
    """What must not be done twice at once for the same county."""

    SEAL = 0x5EA1
    PUBLISH = 0x5EA2
    JUDGE = 0x5EA3
    CLIMB = 0x5EA6
    TERMS = 0x5EA4
    DRAW = 0x5EA7
    NUMBER = 0x5EA9
    WRITE = 0x5EA8
    RECEIVE = 0x5EAA
    TELL = 0x5EAB
    FIT = 0x5EAC
    ALARM = 0x5EAD
    GATHER = 0x5EAE
    COUNT = 0x5EAF


def alone(task: Task, county: str) -> bool:
    """Whether this transaction may do `task` for `county`; held until it ends, and gone with a killed process."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [task.value, int(county)])
        return bool(cursor.fetchone()[0])


def in_turn(task: Task, county: str) -> None:
    """Wait until this transaction alone does `task` for `county`; held until it ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [task.value, int(county)])
