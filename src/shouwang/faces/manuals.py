"""The operating manual as the faces show it (操作手册): pages in the order of the pack, first those for the reader."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from shouwang.domains.areas.words import KINDS
from shouwang.policy import Pack, Text
from shouwang.policy.manual_pages import Page, label_of, page, pages_of, readers_of


@dataclass(frozen=True, kw_only=True)
class Listed:
    """One page in a list: what it is called and what it is for; without a purpose nobody has written it yet."""

    id: str
    label: Text
    purpose: Text | None
    duties: int


@dataclass(frozen=True, kw_only=True)
class Group:
    label: str
    pages: tuple[Listed, ...]


def lists(known: Pack, kinds: Iterable[str]) -> list[Group]:
    """All pages, those for the reader's posts (`kinds`) first."""
    held = set(kinds)
    pages = pages_of(known)
    mine = {name for name, duties in pages.items() if held & set(readers_of(known, name, duties))}
    parts = [(_("For your posts"), mine), (_("Other work") if mine else _("All work"), pages.keys() - mine)]
    return [
        Group(label=label, pages=tuple(_listed(known, name, pages) for name in pages if name in wanted))
        for label, wanted in parts
        if wanted
    ]


def opened(known: Pack, name: str, *, on: date) -> Page:
    """A page with the values of a day; 404 for one that does not exist."""
    if name not in pages_of(known):
        raise Http404
    return page(known, name, on=on)


def told(known: Pack, found: Page, *, on: date) -> dict[str, Any]:
    """What `manuals/told.html` needs."""
    return {
        "manual": found,
        "on": on,
        "version": f"{known.name} {known.version}",
        "readers": [known.posts[kind].label for kind in found.readers],
        "kinds": {str(kind): str(words) for kind, words in KINDS.items()},
    }


def _listed(known: Pack, name: str, pages: Mapping[str, tuple[str, ...]]) -> Listed:
    written = known.manuals.get(name)
    purpose = written.purpose if written else None
    return Listed(id=name, label=label_of(known, name), purpose=purpose, duties=len(pages[name]))
