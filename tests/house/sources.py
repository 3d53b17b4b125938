"""The project's own files, read once for the house tests."""

import ast
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "shouwang"
TEMPLATES = PACKAGE / "faces" / "templates"
STATIC = PACKAGE / "faces" / "static"


def under(folder: Path, *endings: str) -> list[Path]:
    """Files below `folder` with one of the endings, without what is generated or vendored."""
    found = (p for ending in endings for p in folder.rglob(f"*{ending}"))
    apart = {"migrations", "__pycache__", "vendor"}
    return sorted(p for p in found if not apart & set(p.relative_to(ROOT).parts))


def code() -> list[Path]:
    return under(PACKAGE, ".py")


def templates() -> list[Path]:
    return under(TEMPLATES, ".html")


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def dotted(node: ast.AST) -> str:
    """`a.b.c` of a name or attribute, '' of anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (before := dotted(node.value)):
        return f"{before}.{node.attr}"
    return ""


def every(things: Iterable[Any], *, ids: Callable[[Any], str] = name) -> Callable[[Callable[[Any], None]], Any]:
    """One test that a rule holds at each of many things: it names all at which it does not.

    A test for each of a thousand files takes longer to be begun than to be run.
    """
    walked = list(things)

    def of(rule: Callable[[Any], None]) -> Callable[[], None]:
        def test() -> None:
            assert walked, "there is nothing to walk"
            broken = []
            for thing in walked:
                try:
                    rule(thing)
                except AssertionError as fault:
                    broken.append(f"{ids(thing)}: {fault}")
            assert not broken, "\n".join(broken)

        test.__name__, test.__doc__ = rule.__name__, rule.__doc__
        return test

    return of
