"""What a backup is made of (备份清单): one line of JSON for each table, part and file; its last line says it is all."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from .chunks import Sealed
from .refusing import Damaged

FORM = 1


@dataclass(frozen=True, kw_only=True)
class Part:
    """Some content: its name in the folder, its SHA-256 and size."""

    part: str
    sha256: str
    size: int


@dataclass(frozen=True, kw_only=True)
class Table:
    """The rows of one table; `parts` may be read once, in order."""

    name: str
    columns: list[str]
    parts: Iterator[Part] = field(compare=False)


@dataclass(frozen=True, kw_only=True)
class Rows:
    """The end of a table: how many rows its parts hold."""

    table: str
    rows: int


@dataclass(frozen=True, kw_only=True)
class File:
    """A file of the home, by its path there."""

    path: str
    mode: int
    content: Part


def put(out: Sealed, line: dict[str, Any]) -> None:
    out.write(json.dumps(line, separators=(",", ":"), ensure_ascii=False).encode() + b"\n")


def lines(pieces: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    """The lines of a manifest; no more than one piece of it is held."""
    rest = b""
    for piece in pieces:
        *whole, rest = (rest + piece).split(b"\n")
        yield from map(json.loads, whole)


class Listing:
    """A manifest being read: `head` first, then what it lists, then `end`."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self._lines = lines(pieces)
        self.head: dict[str, Any] = next(self._lines)
        self.end: dict[str, Any] = {}
        if self.head.get("form") != FORM:
            raise Damaged(f"manifest: form {self.head.get('form')} is not known to this version")

    def __iter__(self) -> Iterator[Table | Rows | File]:
        for line in self._lines:
            if "table" in line:
                yield from self._table(line)
            elif "file" in line:
                yield File(path=line["file"], mode=line["mode"], content=_part(line))
            else:
                self.end = line["end"]
        if not self.end:
            raise Damaged("manifest: it has no end")

    def _table(self, line: dict[str, Any]) -> Iterator[Table | Rows]:
        counted: list[int] = []
        table = Table(name=line["table"], columns=line["columns"], parts=self._parts(counted))
        yield table
        for _ in table.parts:
            continue  # parts nobody asked for
        yield Rows(table=table.name, rows=counted[0])

    def _parts(self, counted: list[int]) -> Iterator[Part]:
        for line in self._lines:
            if "rows" in line:
                counted.append(line["rows"])
                return
            yield _part(line)


def _part(line: dict[str, Any]) -> Part:
    return Part(part=line["part"], sha256=line["sha256"], size=line["size"])
