"""What devices and the columns of their table are called, and every word a table may use for them."""

from collections.abc import Iterable, Mapping

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext, gettext_noop

KINDS = {
    "smoke_alarm": gettext_noop("Smoke alarm"),
    "gas_alarm": gettext_noop("Gas alarm"),
    "sprinkler": gettext_noop("Simple sprinkler"),
    "electrical_monitor": gettext_noop("Electrical fire monitor"),
    "transmitter": gettext_noop("Transmission device"),
    "camera": gettext_noop("Camera"),
}
SITES = {
    "rural_home": gettext_noop("Rural homes"),
    "old_compound": gettext_noop("Old compounds"),
    "nine_small": gettext_noop("Small premises"),
    "other": gettext_noop("Elsewhere"),
}
COLUMNS = {
    "address": gettext_noop("IMEI or source address"),
    "kind": gettext_noop("Kind of device"),
    "area": gettext_noop("Area (name or code)"),
    "place": gettext_noop("House, shop or road"),
    "mark": gettext_noop("Door mark of the home"),
    "site": gettext_noop("Kind of place"),
    "operator": gettext_noop("Operator"),
    "installed_on": gettext_noop("Fitted on"),
    "installer": gettext_noop("Fitted by"),
    "tested_on": gettext_noop("Tried out on"),
    "ends_on": gettext_noop("To be replaced by"),
    "position": gettext_noop("Longitude and latitude"),
    "link": gettext_noop("Where its system shows the picture"),
    "reasons": gettext_noop("Why this row was not taken"),
}


# Other words that stand over a column: whose a camera is.
ALSO = {"operator": gettext_noop("Which system")}


def labelled(names: Iterable[str]) -> list[str]:
    return [gettext(COLUMNS[name]) for name in names]


def in_all(labels: Mapping[str, str]) -> dict[str, str]:
    """{word in any language, or the code itself: code}."""
    found = {code: code for code in labels}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found |= {gettext(label).casefold(): code for code, label in labels.items()}
    return found
