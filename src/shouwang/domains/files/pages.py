"""Pages of a scan or photo (页面): each as a picture, the codes on it, and some of them as a paper of their own."""

import io
from collections.abc import Iterator, Sequence
from threading import Lock

import pypdfium2
import zxingcpp
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageFilter, ImageOps, UnidentifiedImageError

from .checking import IMAGES, PIXELS, FileRefused

PAGES = 100
# 200 dots to the inch, as office scanners do; a page of any size takes no more than this many across.
SCALE, WIDEST = 200 / 72, 3400
SHARPER, SMALL = ImageFilter.UnsharpMask(radius=4, percent=250, threshold=0), 1400
PDF = b"%PDF-"
# The library that draws PDF pages serves one thread at a time.
DRAWING = Lock()


def is_pdf(data: bytes) -> bool:
    return data.startswith(PDF)


def pages_of(data: bytes) -> Iterator[Image.Image]:
    """The pages of a PDF one by one, or the one picture. Raises FileRefused."""
    if not is_pdf(data):
        yield _picture(data)
        return
    for number in range(count_pages(data)):
        yield page_of(data, number)


def page_of(data: bytes, number: int) -> Image.Image:
    """One page of a PDF, drawn. Raises FileRefused."""
    with DRAWING, _document(data) as document:
        page = document[number]
        scale = min(SCALE, WIDEST / max(page.get_size()))
        picture: Image.Image = page.render(scale=scale, grayscale=True).to_pil().copy()
        page.close()
    return picture


def count_pages(data: bytes) -> int:
    """How many pages a PDF has. Raises FileRefused for one that has too many or cannot be read."""
    with DRAWING, _document(data) as document:
        pages = len(document)
    if pages > PAGES:
        raise FileRefused(_("The paper has more than %(n)s pages.") % {"n": PAGES})
    if not pages:
        raise FileRefused(_("The file is empty."))
    return pages


def part_of(data: bytes, pages: Sequence[int]) -> bytes:
    """Some pages of a PDF, counted from 0, as a PDF of their own."""
    out = io.BytesIO()
    with DRAWING, _document(data) as whole:
        part = pypdfium2.PdfDocument.new()
        part.import_pages(whole, list(pages))
        part.save(out)
        part.close()
    return out.getvalue()


def codes_on(picture: Image.Image) -> list[str]:
    """Texts of the QR codes on a page, however it lies; a dim or blurred one is looked at again, sharpened."""
    grey = ImageOps.grayscale(picture)
    for view in _views(grey):
        found = [code.text for code in zxingcpp.read_barcodes(view, formats=zxingcpp.BarcodeFormat.QRCode)]
        if found:
            return found
    return []


def _views(grey: Image.Image) -> Iterator[Image.Image]:
    """The page as it is; evened out; then, smaller against noise and sharpened against blur."""
    even = ImageOps.autocontrast(grey, cutoff=2)
    yield grey
    yield even
    yield even.filter(SHARPER)
    if max(grey.size) < SMALL:
        yield even.resize((grey.width * 2, grey.height * 2), Image.Resampling.BICUBIC).filter(SHARPER)
        return
    half = even.reduce(2)
    yield half
    yield half.filter(SHARPER)


def _picture(data: bytes) -> Image.Image:
    try:
        with Image.open(io.BytesIO(data)) as image:
            if image.format not in IMAGES or image.width * image.height > PIXELS:
                raise FileRefused(_("Only JPEG, PNG and WebP photos and PDF papers are taken."))
            return ImageOps.exif_transpose(image).convert("L")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise FileRefused(_("Only JPEG, PNG and WebP photos and PDF papers are taken.")) from None


def _document(data: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        raise FileRefused(_("This PDF cannot be read: it is damaged or has a password.")) from None
