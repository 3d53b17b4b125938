"""Tables with commas (CSV) as Chinese offices save them: UTF-8 or GB 18030."""

import csv
import io

from django.utils.translation import gettext as _

from shouwang.faces.workbook.opening import WorkbookRefused


def comma_rows(data: bytes) -> list[list[str]]:
    """Raises WorkbookRefused."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return list(csv.reader(io.StringIO(data.decode(encoding))))
        except UnicodeDecodeError:
            continue
        except csv.Error:
            break
    raise WorkbookRefused(_("This file is neither UTF-8 nor GB 18030."))
