"""Keeping bytes by their hash, and saying which act a file belongs to."""

import os
from datetime import datetime
from pathlib import Path
from threading import get_ident
from uuid import UUID

from django.conf import settings
from django.db import transaction

from shouwang.domains.ledger.minting import mint, salt
from shouwang.kernel.codes import county_of

from .checking import Checked, check
from .models import Attachment, Content


def store(data: bytes, *, region: str, at: datetime, documents: bool = False) -> Checked:
    """Check a file and keep its bytes on disk, durable before the act that names it. Raises FileRefused."""
    checked = check(data, limit=settings.FILE_LIMIT_MB * 1024 * 1024, documents=documents)
    path = path_of(county_of(region), checked.sha256)
    if not path.exists():
        write_durably(path, checked.data)
    return checked


def path_of(county: str, sha256: str) -> Path:
    return Path(settings.HOME) / "files" / county / sha256[:2] / sha256


def write_durably(path: Path, data: bytes) -> None:
    """On disk, whole, or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.{os.getpid()}.{get_ident()}")
    with part.open("wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    part.replace(path)


def record(checked: Checked, *, region: str, at: datetime) -> None:
    """The row that describes kept bytes; the same file a second time changes nothing."""
    county = county_of(region)
    row = Content(
        id=mint(at),
        county=county,
        region=county,
        sha256=checked.sha256,
        media_type=checked.media_type,
        size=len(checked.data),
        width=checked.width,
        height=checked.height,
        at=at,
    )
    with transaction.atomic():
        Content.objects.bulk_create([row], ignore_conflicts=True)


def attachment(
    sha256: str,
    *,
    subject: UUID,
    region: str,
    purpose: str,
    at: datetime,
    place: tuple[float, float] | None = None,
    taken_at: datetime | None = None,
) -> Attachment:
    """The enclosed row that ties a kept file to a subject; `purpose` is before, after or the paper it is."""
    lon, lat = place or (None, None)
    return Attachment(
        id=mint(at),
        county=county_of(region),
        region=region,
        salt=salt(),
        subject=subject,
        sha256=sha256,
        purpose=purpose,
        taken_at=taken_at,
        lon=lon,
        lat=lat,
        at=at,
    )
