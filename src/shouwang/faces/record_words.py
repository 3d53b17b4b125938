"""Words of the records room (台账用语): acts and states, in the reader's language."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

ACTS: Mapping[str, Promise] = {
    "enter": gettext_lazy("Enter the record"),
    "enter_many": gettext_lazy("Enter many records"),
    "amend": gettext_lazy("Change the record"),
    "attach": gettext_lazy("Add papers"),
    "confirm": gettext_lazy("Confirm the record"),
    "return": gettext_lazy("Send back"),
    "withdraw": gettext_lazy("Withdraw"),
    "unmask": gettext_lazy("Show personal details"),
}
TONES = {"confirmed": "green", "returned": "amber", "entered": "blue", "withdrawn": ""}
WAYS: Mapping[str, Promise] = {
    "form": gettext_lazy("by form"),
    "excel": gettext_lazy("from a table"),
    "paper": gettext_lazy("from a scanned sheet"),
    "api": gettext_lazy("from another system"),
}


def act_name(act: str) -> str:
    return str(ACTS.get(act, act))


def act_done(act: str) -> str:
    """Recorded: 核实. Empty for a word that somebody put into the address."""
    return _("Recorded: %(act)s") % {"act": act_name(act)} if act in ACTS else ""


def way_name(way: str) -> str:
    return str(WAYS.get(way, way))

