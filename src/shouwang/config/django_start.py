"""Starts Django for a command that needs the database."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


def with_django(command: Callable[P, R]) -> Callable[P, R]:
    """Set Django up before `command` runs; imports of models belong inside the command."""

    @wraps(command)
    def started(*args: P.args, **kwargs: P.kwargs) -> R:
        import django

        django.setup()
        return command(*args, **kwargs)

    return started
