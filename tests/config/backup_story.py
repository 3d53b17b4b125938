"""An installation with a week of life and some photos, a folder for its backups, and empty machines to restore on."""

import gzip
import json
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import psycopg

from shouwang.config.embedded import start, stop_if_unused
from shouwang.config.processes import command
from tests.upgrade.take_snapshot import SNAPSHOT

PHOTOS = 40


@dataclass(frozen=True)
class Machine:
    """A home with its embedded database; `run` is its command line."""

    home: Path
    key: Path
    extra: tuple[tuple[str, str], ...] = ()

    @property
    def environment(self) -> dict[str, str]:
        own = {"SHOUWANG_HOME": str(self.home), "SHOUWANG_BACKUP_KEY_FILE": str(self.key), "SHOUWANG_DEMO": "1"}
        inherited = {name: value for name, value in os.environ.items() if name != "SHOUWANG_DATABASE_URL"}
        return {**inherited, **own, **dict(self.extra)}

    def run(self, *words: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(command(*words), env=self.environment, capture_output=True, text=True)

    def tells(self, *words: str) -> dict:
        done = self.run(*words, "--json")
        assert done.returncode == 0, f"{words}: {done.stdout}\n{done.stderr}"
        return json.loads(done.stdout)

    def tells_anyway(self, *words: str) -> dict:
        return json.loads(self.run(*words, "--json").stdout)

    def roots(self) -> dict[str, str]:
        """'size root' of each county, and no fault anywhere."""
        reports = self.tells("ledger", "verify")
        assert [fault for report in reports for fault in report["faults"]] == []
        return {report["county"]: f"{report['sealed']} {report['root']}" for report in reports}

    def rows(self) -> dict[str, int]:
        with psycopg.connect(start(self.home)) as connection:
            tables = connection.execute(
                "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
            ).fetchall()
            return {t: connection.execute(f'SELECT count(*) FROM "{t}"').fetchone()[0] for (t,) in tables}

    def sql(self, statement: str) -> list:
        with psycopg.connect(start(self.home), autocommit=True) as connection:
            found = connection.execute(statement)
            return found.fetchall() if found.description else []


def earlier_version(home: Path, key: Path) -> Machine:
    """As the last version left it: not migrated yet."""
    machine = Machine(home, key)
    with psycopg.connect(start(home), autocommit=True) as connection:
        connection.execute(gzip.decompress(SNAPSHOT.read_bytes()).decode())
    return machine


def put_photos(home: Path, first: int = 0, count: int = PHOTOS) -> None:
    """Files as the room of files keeps them: named by their hash, below their county."""
    for number in range(first, first + count):
        data = f"photo {number} ".encode() * (200 + number)
        name = sha256(data).hexdigest()
        path = home / "files" / "222401" / name[:2] / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def stopped(*homes: Path) -> None:
    for home in homes:
        stop_if_unused(home)


def parts(folder: Path) -> Iterator[Path]:
    return iter(sorted(path for path in folder.glob("parts/*/*")))
