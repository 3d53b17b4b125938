"""Papers that come with a form (附件上传): fresh ones, and those held from the try before, so that none is lost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest

from shouwang.domains.files.checking import FileRefused
from shouwang.domains.people.actor import Actor
from shouwang.faces.record_telling import spoken
from shouwang.flows.hold_photo import held_photo, hold_photo
from shouwang.flows.record_papers import Paper
from shouwang.policy.record_shapes import RecordType

FILES, HELD = "papers.", "held."
PHOTO = "image/jpeg,image/png,image/webp"
PAPER = f"{PHOTO},application/pdf,.docx,.xlsx"


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One paper the type asks for: what it is, why it must be there, what is held of it already."""

    name: str
    label: str
    why: str
    required: bool
    accept: str
    fault: str = ""
    slips: Sequence[tuple[str, str]] = ()
    there: int = 0

    @property
    def id(self) -> str:
        return f"papers-{self.name}"


def sheets(
    one: RecordType,
    *,
    faults: Mapping[str, str],
    slips: Mapping[str, Sequence[tuple[str, str]]],
    there: Sequence[str] = (),
) -> list[Sheet]:
    """`there` are the papers the record has already."""
    return [
        Sheet(
            name=name,
            label=paper.label.in_(spoken()),
            why=paper.why.in_(spoken()) if paper.why else "",
            required=paper.required and name not in there,
            accept=PHOTO if paper.what == "photo" else PAPER,
            fault=faults.get(FILES + name, ""),
            slips=slips.get(name, ()),
            there=sum(one == name for one in there),
        )
        for name, paper in one.attachable.items()
        if name in one.papers or name in slips
    ]


@dataclass(frozen=True, kw_only=True)
class Brought:
    """A paper as the form brought it, under the name its owner gave it, with its slip if it was held."""

    paper: Paper
    called: str
    slip: str = ""


def brought(request: HttpRequest, actor: Actor, one: RecordType, *, now: datetime) -> list[Brought]:
    found = [
        Brought(paper=Paper(name=name, data=file.read()), called=str(file.name or ""))
        for name in one.attachable
        for file in request.FILES.getlist(FILES + name)
    ]
    return [*_held(request, actor, one, now=now), *found]


def _held(request: HttpRequest, actor: Actor, one: RecordType, *, now: datetime) -> list[Brought]:
    found = []
    for name in one.attachable:
        called = request.POST.getlist(f"{HELD}{name}.called")
        for number, slip in enumerate(request.POST.getlist(HELD + name)):
            seen = held_photo(actor, slip, now=now)
            if seen is not None:
                known = called[number] if number < len(called) else ""
                found.append(Brought(paper=Paper(name=name, sha256=seen.sha256), called=known, slip=slip))
    return found


def hold(
    actor: Actor, papers: Sequence[Brought], one: RecordType, *, now: datetime
) -> tuple[dict[str, list[tuple[str, str]]], dict[str, str]]:
    """Keep papers over a faulty form: slips by paper, and why those no one could open were left out."""
    slips: dict[str, list[tuple[str, str]]] = {}
    faults: dict[str, str] = {}
    for each in papers:
        name = each.paper.name
        try:
            slip = each.slip or _kept(actor, each.paper, one, now=now)
        except FileRefused as refusal:
            faults[FILES + name] = str(refusal)
        else:
            slips.setdefault(name, []).append((slip, each.called[:80]))
    return slips, faults


def _kept(actor: Actor, paper: Paper, one: RecordType, *, now: datetime) -> str:
    photo: Any = paper.photo(one)
    return hold_photo(actor, photo.data, now=now, documents=photo.documents)
