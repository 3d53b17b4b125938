"""Photos handed in before the act that names them, and files looked at, by the API."""

from uuid import UUID

import msgspec
from django.conf import settings
from django.http import HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from dmr import FileMetadata, Path, validate
from dmr.files import FileBody
from dmr.parsers import MultiPartParser
from dmr.renderers import FileRenderer

from shouwang.faces.files import ENDINGS, handed_over
from shouwang.flows.photos import hand_in
from shouwang.flows.see_file import see_file

from .desk import PROBLEM, Desk, answers
from .problems import Declined, unfit
from .shapes import Kept


class FileGiven(msgspec.Struct, frozen=True):
    """What the form says of the file; what it is, its bytes say."""

    size: int


class Upload(msgspec.Struct, frozen=True):
    file: FileGiven


class FileOf(msgspec.Struct, frozen=True):
    case_id: UUID
    file_id: UUID


class Photos(Desk):
    """Photos that wait for an act."""

    parsers = (MultiPartParser(),)

    @validate(*answers(Kept, 201, no=(413, 415)))
    def post(self, parsed_file_metadata: FileMetadata[Upload]) -> HttpResponse:
        """Keep a photo (JPEG, PNG, WebP) or paper (PDF); a report or act names it by its `sha256`."""
        return self.answer(_handed_in(self, parsed_file_metadata.file.size), status=201)


class Papers(Desk):
    """Papers that wait for the record that names them."""

    parsers = (MultiPartParser(),)

    @validate(*answers(Kept, 201, no=(413, 415)))
    def post(self, parsed_file_metadata: FileMetadata[Upload]) -> HttpResponse:
        """Keep a paper (PDF, JPEG, PNG, WebP, DOCX, XLSX without macros); a record names it by its `sha256`."""
        return self.answer(_handed_in(self, parsed_file_metadata.file.size, documents=True), status=201)


def _handed_in(desk: Desk, size: int, *, documents: bool = False) -> Kept:
    if size > settings.FILE_LIMIT_MB * 1024 * 1024:
        words = _("The file is larger than %(limit)s MB.") % {"limit": settings.FILE_LIMIT_MB}
        raise Declined(unfit({"file": words}, status=413))
    data = desk.request.FILES["file"].read()
    kept = hand_in(desk.actor, data, now=timezone.now(), documents=documents)
    return Kept(kept.sha256, kept.media_type)


class File(Desk):
    """A photo or paper of a case or record."""

    renderers = (*(FileRenderer(kind) for kind in ENDINGS), PROBLEM)

    @validate(*answers(FileBody, no=(404,), types=ENDINGS))
    def get(self, parsed_path: Path[FileOf]) -> HttpResponseBase:
        """The bytes, for whoever may see the case or record."""
        return handed_over(self.request, see_file(self.actor, parsed_path.case_id, parsed_path.file_id))
