"""The operating manual, page by page (操作手册): written where somebody wrote it, else told from the duty alone."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

import msgspec
from msgspec import Struct

from shouwang.policy.duty_shapes import Duty
from shouwang.policy.manual_proofs import Proof, arising, proofs
from shouwang.policy.manual_shapes import Manual
from shouwang.policy.manual_telling import amount, missed, parameters, told, when
from shouwang.policy.manual_written import generated_steps
from shouwang.policy.pack import Pack
from shouwang.policy.provenances import PROVENANCES
from shouwang.policy.text import Text

SIGNS = 10


class Work(Struct, frozen=True):
    """One duty of a page: who owes it, who does it, who looks at it, when, and what follows if it is not done."""

    duty: str
    label: Text
    rows: tuple[str, ...]
    level: Text
    kinds: tuple[str, ...]
    performer: Text
    verifier: Text
    when: Text
    missed: Text


class Told(Struct, frozen=True):
    """A value the page's duties go by, where it comes from, and whose it is to enter."""

    parameter: str
    label: Text
    value: Text | None
    provenance: Text
    source: str
    keeper: Text
    row: str


class Page(Struct, frozen=True):
    """What one page says. `digest` is of all of it, so that a printed page can be held against today's."""

    id: str
    label: Text
    purpose: Text | None
    steps: tuple[Text, ...]
    tips: tuple[Text, ...]
    never: tuple[Text, ...]
    readers: tuple[str, ...]
    rows: tuple[str, ...]
    works: tuple[Work, ...]
    proofs: tuple[Proof, ...]
    arising: tuple[Text, ...]
    values: tuple[Told, ...]
    digest: str = ""

    @property
    def is_written(self) -> bool:
        return self.purpose is not None


def page_of(pack: Pack, duty: str) -> str:
    """The page that tells a duty: the one that names it, else that of its row, else its own."""
    named, by_row = _places(pack)
    return named.get(duty) or by_row.get(pack.duties[duty].row) or duty


def pages_of(pack: Pack) -> Mapping[str, tuple[str, ...]]:
    """{page: its duties}, in the order of the pack; every duty stands on exactly one page."""
    named, by_row = _places(pack)
    found: dict[str, list[str]] = {key: [] for key in pack.manuals}
    for key, duty in pack.duties.items():
        found.setdefault(named.get(key) or by_row.get(duty.row) or key, []).append(key)
    return {key: tuple(duties) for key, duties in found.items()}


def label_of(pack: Pack, page: str) -> Text:
    return pack.manuals[page].label if page in pack.manuals else pack.duties[page].label


def readers_of(pack: Pack, page: str, duties: Iterable[str]) -> tuple[str, ...]:
    """Whom a page is for: those who perform its duties, and those it names itself."""
    written = pack.manuals.get(page)
    performers = (pack.duties[key].performer for key in duties)
    return tuple(dict.fromkeys((*performers, *(written.readers if written else ()))))


def page(pack: Pack, name: str, *, on: date) -> Page:
    """A page with the values of a day; `name` is one of `pages_of`."""
    keys, written = pages_of(pack)[name], pack.manuals.get(name)
    duties = [pack.duties[key] for key in keys]
    found = Page(
        id=name,
        label=label_of(pack, name),
        purpose=written.purpose if written else None,
        steps=written.steps if written else generated_steps(pack, duties),
        tips=written.tips if written else (),
        never=written.never if written else (),
        readers=readers_of(pack, name, keys),
        rows=_rows(written, duties),
        works=tuple(_work(pack, duty, on) for duty in duties),
        proofs=tuple(proofs(pack, duties, written)),
        arising=arising(pack, duties),
        values=tuple(_values(pack, duties, on)),
    )
    seal = hashlib.sha256(msgspec.json.encode(found)).hexdigest()[:SIGNS]
    return msgspec.structs.replace(found, digest=seal)


def _places(pack: Pack) -> tuple[dict[str, str], dict[str, str]]:
    named = {duty: key for key, one in pack.manuals.items() for duty in one.duties}
    by_row = {row: key for key, one in pack.manuals.items() for row in one.rows}
    return named, by_row


def _rows(written: Manual | None, duties: Iterable[Duty]) -> tuple[str, ...]:
    """The rows of the plan a page carries, in the order of the plan."""
    rows = dict.fromkeys(row for duty in duties for row in duty.rows_served)
    return tuple(sorted({*rows, *(written.rows if written else ())}))


def _work(pack: Pack, duty: Duty, on: date) -> Work:
    bearer = duty.bearer
    owner = pack.levels[bearer.level]
    if bearer.department is not None:
        owner = told(pack, "manual.bearer", level=owner, body=pack.departments[bearer.department].label)
    elif bearer.post is not None:
        owner = told(pack, "manual.bearer", level=owner, body=pack.posts[bearer.post].label)
    return Work(
        duty=duty.id,
        label=duty.label,
        rows=duty.rows_served,
        level=owner,
        kinds=bearer.kinds,
        performer=pack.posts[duty.performer].label,
        verifier=pack.posts[duty.verifier].label,
        when=when(pack, duty, on=on),
        missed=missed(pack, duty),
    )


def _values(pack: Pack, duties: Iterable[Duty], on: date) -> Iterator[Told]:
    used = {one.id: one for duty in duties for one in parameters(pack, duty)}
    for name, parameter in used.items():
        value = parameter.on(on)
        yield Told(
            parameter=name,
            label=parameter.label,
            value=amount(pack, parameter, value) if value.is_set else None,
            provenance=PROVENANCES[value.provenance],
            source=value.source,
            keeper=pack.posts[parameter.keeper].label,
            row=parameter.row,
        )
