"""Verdicts of duties as people say them, and their colour (履职结论)."""

from django.utils.translation import gettext as _

TONES = {
    "overdue": "red",
    "due": "",
    "undetermined": "blue",
    "met": "green",
    "met_late": "amber",
}


def verdict_words(verdict: str) -> str:
    return {
        "met": _("Met in time"),
        "met_late": _("Met late"),
        "overdue": _("Overdue"),
        "due": _("Running"),
        "waived": _("Waived"),
        "undetermined": _("Undetermined"),
        "superseded": _("Replaced by a newer rule"),
        "not_owed": _("Not owed here"),
        "not_counted": _("Not done, encouraged only"),
    }.get(verdict, verdict)
