"""Files of a subject, and their bytes."""

from pathlib import Path
from uuid import UUID

from .models import Attachment, Content
from .services import path_of


def attachments_of(county: str, subject: UUID) -> list[Attachment]:
    return list(Attachment.objects.filter(county=county, subject=subject).order_by("at", "id"))


def attachment(county: str, attachment_id: UUID) -> Attachment | None:
    return Attachment.objects.filter(county=county, id=attachment_id).first()


def content(county: str, sha256: str) -> tuple[Path, str] | None:
    """Where the bytes lie and their media type."""
    row = Content.objects.filter(county=county, sha256=sha256).first()
    return None if row is None else (path_of(county, sha256), row.media_type)
