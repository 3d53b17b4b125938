"""Every form and template of the house in one list (模板库), each with its version and the ways to have it."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shouwang.domains.people.actor import Actor
from shouwang.faces.templatetags.words import clause_of, say
from shouwang.flows.sight import pack_of
from shouwang.policy import Pack
from shouwang.policy.loading import PACKS

LETTERS, WORD, SIGNS = "letters", ".docx", 10
# Documents the house writes in Word: the part that names the row each rests on, and what it is called.
DOCUMENTS = {
    "responsibility-letter": ("letters", gettext_lazy("Responsibility letter")),
    "official-letter": ("letters.see", gettext_lazy("Letter of an office")),
    "adoption-sheet": ("parameters.adopt", gettext_lazy("Adoption sheet")),
}
TONGUES = {
    "zh": gettext_lazy("Chinese"),
    "ko": gettext_lazy("Korean"),
    "zh-ko": gettext_lazy("Chinese and Korean"),
}


@dataclass(frozen=True, kw_only=True)
class Form:
    """A form to fill in or a document to write: which version, and the ways to have it."""

    label: str
    row: str
    version: str
    ways: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Shelf:
    label: str
    forms: list[Form]


def shelves(actor: Actor) -> list[Shelf]:
    known = pack_of(actor.county, now=timezone.now())
    return [
        Shelf(label=_("Documents in Word, for an office to edit"), forms=list(_documents())),
        Shelf(label=_("Forms of records"), forms=list(_records(known))),
    ]


def template_file(name: str) -> Path | None:
    """The template of that name, the office's own before the pack's; None for a name nobody shipped."""
    shipped = PACKS / settings.PACK / LETTERS / f"{name}{WORD}"
    own = Path(settings.HOME) / LETTERS / shipped.name
    if name not in {path.stem for path in shipped.parent.glob(f"*{WORD}")}:
        return None
    return own if own.is_file() else shipped


def _documents() -> Iterator[Form]:
    for name, (part, label) in DOCUMENTS.items():
        found = {tongue: template_file(f"{name}.{tongue}") for tongue in TONGUES}
        ways = [(tongue, path) for tongue, path in found.items() if path is not None]
        for tongue, path in ways:
            address = reverse("office:template", args=[path.stem])
            yield Form(
                label=f"{label} ({TONGUES[tongue]})",
                row=clause_of(part),
                version=_digest(path),
                ways=((_("Template"), address),),
            )


def _records(known: Pack) -> Iterator[Form]:
    for one in known.records.values():
        yield Form(label=say(one.label), row=one.row, version=str(one.version))


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:SIGNS]
