"""The menu of the office (主导航): only what the reader's posts open."""

from collections.abc import Collection
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from shouwang.domains.people.actor import Actor
from shouwang.flows.see_plans import own_body
from shouwang.flows.sight import areas_for, pack

TOWNSHIP = 9


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A way to go. `current` marks where the reader is."""

    label: str
    href: str
    current: bool


def menu_of(actor: Actor | None, path: str) -> list[Entry]:
    """Where `actor` may go from `path`; nobody, nowhere."""
    if actor is None:
        return []
    places = [
        (_("Today"), reverse("office:today")),
        (_("Task list"), reverse("tasks:list")),
        (_("Hazards"), reverse("office:hazards")),
    ]
    if areas_for(actor, "alarms.see"):
        places.append((_("Alarm desk"), reverse("office:alarms")))
    if areas_for(actor, "hazards.report"):
        places.append((_("Register a hazard"), reverse("office:report")))
    if _exchanges(actor):
        places.append((_("12345 exchange"), reverse("office:hotline")))
    if _has_letters(actor):
        places.append((_("Letters"), reverse("office:letter_list")))
    if _keeps_records(actor):
        places.append((_("Records"), reverse("office:records")))
        places.append((_("Devices"), reverse("office:devices")))
    if any(len(area) <= TOWNSHIP for area in areas_for(actor, "duties.see")):
        places.append((_("Duties by area"), reverse("board:start")))
    if own_body(actor):
        places.append((_("Yearly plan"), reverse("plan:home")))
    if actor.posts:
        places.append((_("Values"), reverse("office:adoption")))
    if areas_for(actor, "areas.import"):
        places.append((_("Areas"), reverse("office:areas")))
    if areas_for(actor, "people.see"):
        places.append((_("Responsibility"), reverse("office:responsibility")))
    if areas_for(actor, "suggestions.answer"):
        places.append((_("Suggestions"), reverse("office:suggestions")))
    places.append((_("Manual"), reverse("office:manuals")))
    at = _beside(path, {href for _label, href in places})
    best = max((href for _label, href in places if at.startswith(href)), key=len, default="")
    return [Entry(label=label, href=href, current=href == best) for label, href in places]


def _beside(path: str, named: Collection[str]) -> str:
    """Pages reached from another one, which the menu marks for them; not those it names itself."""
    beside = {
        "office:peers": "office:devices",
        "office:standards": "office:adoption",
        "office:tables": "office:adoption",
        "office:calendar": "tasks:list",
        "office:whistles": "office:hazards",
        "office:reviews": "office:hazards",
        "office:exposures": "office:hazards",
        "office:areas": "office:responsibility",
        "office:publicity": "office:manuals",
        "office:channels": "office:alarms",
    }
    known = ((reverse(here), reverse(to)) for here, to in beside.items())
    found = (to for here, to in known if path.startswith(here) and here not in named)
    return next(found, path)


def _exchanges(actor: Actor) -> bool:
    """Who takes in orders of the hotline."""
    way = pack().channels[pack().wiring.channels.hotline]
    return any(post.kind in way.posts for post in actor.posts)


def _has_letters(actor: Actor) -> bool:
    """Who may look at an office's letters, and departments, which get them."""
    kinds, to = pack().posts, {kind.to for kind in pack().letters.values()}
    return bool(areas_for(actor, "letters.see")) or any(
        post.kind in to or (post.department not in ("", "grid") and post.kind in kinds) for post in actor.posts
    )


def _keeps_records(actor: Actor) -> bool:
    kinds = pack().posts
    return any(
        action in kinds[post.kind].actions
        for post in actor.posts
        if post.kind in kinds
        for action in ("records.see", "records.enter")
    )
