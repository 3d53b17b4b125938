"""Word and Excel papers (文档): told by what stands inside the package, and only if nothing in it can run."""

import io
import re
from zipfile import BadZipFile, ZipFile

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# The main part of a package and the content type it declares for it (ECMA-376, part 2).
MAIN = {
    "word/document.xml": (DOCX, "wordprocessingml.document.main+xml"),
    "xl/workbook.xml": (XLSX, "spreadsheetml.sheet.main+xml"),
}
TYPES = "[Content_Types].xml"
TEMPLATE = "word/_rels/settings.xml.rels"
PARTS, UNPACKED, TYPES_SIZE = 5000, 200 * 1024 * 1024, 1024 * 1024
RUNS = re.compile(r"vba|macro|activex|oleobject|\.exe|\.bin$|\.dll|\.js|\.vbs", re.IGNORECASE)
# Settings of a printer are kept as .bin in every second workbook.
HARMLESS = re.compile(r"printersettings/printersettings\d*\.bin$", re.IGNORECASE)


def document_type(data: bytes) -> str:
    """The media type of a Word or Excel package; '' for anything else, and for one that holds a macro."""
    if not data.startswith(b"PK\x03\x04"):
        return ""
    try:
        with ZipFile(io.BytesIO(data)) as package:
            return _told(package)
    except (BadZipFile, KeyError, NotImplementedError, RuntimeError, OSError, ValueError, EOFError):
        return ""


def _told(package: ZipFile) -> str:
    parts = package.infolist()
    names = [part.filename for part in parts]
    if len(parts) > PARTS or sum(part.file_size for part in parts) > UNPACKED:
        return ""
    if any(RUNS.search(name) and not HARMLESS.search(name) for name in names):
        return ""
    if package.getinfo(TYPES).file_size > TYPES_SIZE:
        return ""
    if _fetches(package, names):
        return ""
    types = package.read(TYPES).decode("utf-8", "replace")
    found = [media for main, (media, said) in MAIN.items() if main in names and said in types]
    return found[0] if len(found) == 1 and "macroEnabled" not in types else ""


def _fetches(package: ZipFile, names: list[str]) -> bool:
    """Whether opening the paper would fetch a template from elsewhere, macros and all."""
    if TEMPLATE not in names:
        return False
    links = package.read(TEMPLATE) if package.getinfo(TEMPLATE).file_size <= TYPES_SIZE else b"External"
    return b"External" in links
