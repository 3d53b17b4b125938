"""What is said of departments that were called, in news (吹哨通知)."""

from django.utils.translation import ngettext

SORTS = (
    "extension_decided", "extension_lapsed", "whistled",
    "muster_moves", "muster_bounced", "muster_disputed", "muster_ruled", "muster_told", "muster_returned",
    "muster_redated",
)  # fmt: skip


def muster_sentence(sort: str, n: int) -> str:
    """How many of a sort, in words."""
    match sort:
        case "whistled":
            words = ngettext("Your department is called to %(n)s case", "Your department is called to %(n)s cases", n)
        case "extension_decided":
            words = ngettext("%(n)s request for more time was decided", "%(n)s requests for more time were decided", n)
        case "extension_lapsed":
            words = ngettext("%(n)s request for more time lapsed", "%(n)s requests for more time lapsed", n)
        case "muster_redated":
            words = ngettext("The day to come moved for %(n)s whistle", "The day to come moved for %(n)s whistles", n)
        case "muster_bounced":
            words = ngettext("%(n)s department sent it back", "%(n)s departments sent it back", n)
        case "muster_disputed":
            words = ngettext("%(n)s whistle to rule on", "%(n)s whistles to rule on", n)
        case "muster_ruled":
            words = ngettext("%(n)s whistle was ruled on", "%(n)s whistles were ruled on", n)
        case "muster_told":
            words = ngettext("%(n)s result to sign", "%(n)s results to sign", n)
        case "muster_returned":
            words = ngettext("%(n)s result came back to you", "%(n)s results came back to you", n)
        case _:
            words = ngettext("News of %(n)s whistle", "News of %(n)s whistles", n)
    return words % {"n": n}
