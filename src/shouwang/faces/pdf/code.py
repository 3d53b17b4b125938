"""A QR code (二维码) on paper: an address as a drawing of a given size."""

from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing


def code(address: str, size: float) -> Drawing:
    """Legible after a fold or a smudge: 15 % of it may be lost (level M)."""
    widget = QrCodeWidget(address, barLevel="M")
    left, low, right, high = widget.getBounds()
    drawing = Drawing(size, size, transform=[size / (right - left), 0, 0, size / (high - low), 0, 0])
    drawing.add(widget)
    return drawing
