"""Publishing the root: what the level above holds, so that nobody below can rewrite or cut the ledger."""

import json
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from shouwang.kernel.merkle import root_from, subtrees

from .alone import Task, alone
from .minting import mint
from .models import Checkpoint
from .sealing import sealed_size, tile


def root_at(county: str, size: int) -> bytes:
    """Root over the first `size` sealed lines of `county`."""

    def read(level: int, number: int) -> list[bytes]:
        return tile(county, level, number)

    return root_from(size, subtrees(read, algorithm=settings.DIGEST), algorithm=settings.DIGEST)


def publish(county: str, *, now: datetime) -> Checkpoint | None:
    """Publish the present root in the table and in the county's file; None when nothing is new."""
    with transaction.atomic():
        made = _next(county, now) if alone(Task.PUBLISH, county) else None
        if made is not None:
            made.save(force_insert=True)
            _append(made)
    return made


def _next(county: str, now: datetime) -> Checkpoint | None:
    size = sealed_size(county)
    newest = Checkpoint.objects.filter(county=county).order_by("-size").first()
    if size == 0 or (newest is not None and newest.size == size):
        return None
    return Checkpoint(
        id=mint(now),
        county=county,
        region=county,
        size=size,
        root=root_at(county, size),
        algorithm=settings.DIGEST,
        at=now,
    )


def _append(point: Checkpoint) -> None:
    """A root in the file without its row only says what the ledger was; the other way round it would be lost."""
    path = file_of(point.county)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as out:
        out.write(json.dumps(as_json(point)) + "\n")


def file_of(county: str) -> Path:
    return Path(settings.HOME) / "checkpoints" / f"{county}.jsonl"


def as_json(point: Checkpoint) -> dict[str, str | int]:
    return {
        "county": point.county,
        "size": point.size,
        "root": bytes(point.root).hex(),
        "algorithm": point.algorithm,
        "at": point.at.isoformat(),
    }


def read_file(path: Path) -> list[dict[str, str | int]]:
    """Checkpoints held elsewhere, one JSON object a line. Raises ValueError naming the line it cannot read."""
    found = []
    for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            point = json.loads(text)
            found.append({k: point[k] for k in ("county", "size", "root")})
        except (ValueError, KeyError, TypeError):
            raise ValueError(f"{path.name}, line {number}: not a checkpoint") from None
    return found
