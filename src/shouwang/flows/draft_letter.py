"""A letter is drafted (起草函件): by a person, or by the house for one to approve; nobody sends it yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext as _

from shouwang.domains.ledger.minting import mint, salt
from shouwang.domains.letters.models import Cause, Letter
from shouwang.domains.letters.queries import listed_among
from shouwang.domains.letters.scopes import issuing_post
from shouwang.domains.letters.services import Step, cause, open_letter
from shouwang.domains.people.actor import Actor
from shouwang.kernel.codes import county_of, covers, is_region
from shouwang.kernel.decision import Decision, Reason
from shouwang.policy import Pack
from shouwang.policy.letter_shapes import LetterKind
from shouwang.rules.letters import arrow, fit

from .letter_causes import HAZARD, MANY, Matter
from .letter_words import Words, composed
from .refusal import Refused, Unfit, too_long
from .sight import pack_of

LANGUAGES = ("zh", "zh-ko")
# What a person may write, and how long it may be.
FIELDS = {
    "title": 120, "title_ko": 200, "opening": 2000, "opening_ko": 3000, "asks": 2000, "asks_ko": 3000,
    "addressee": 80, "addressee_ko": 120, "contact": 80,
}  # fmt: skip
NEEDED = ("title", "opening", "asks", "addressee")


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What is drafted: the kind, the issuing body, (department, post, body) it goes to, its words, what it is about."""

    kind: str
    region: str
    to: tuple[str, str, str]
    words: Mapping[str, str]
    language: str = "zh"
    matters: Sequence[Matter] = field(default=())


def draft_letter(actor: Actor, draft: Draft, *, now: datetime) -> Letter:
    """Keep a draft of a person. Raises Unfit, Refused."""
    pack = pack_of(county_of(draft.region), now=now)
    kind = _checked(draft, pack)
    post = issuing_post(actor, kind.drafts, draft.region)
    if not post:
        raise Refused(Decision(False, (Reason("letter_not_yours"),), (kind.row,)))
    fits(kind, draft.matters, county=county_of(draft.region))
    letter = letter_of(draft, kind, hands=[str(actor.id)], now=now)
    step = first_step(pack, kind, letter, now=now, actor=actor.id, post=post)
    try:
        open_letter(letter, step, causes=causes_of(letter, draft.matters, now=now))
    except IntegrityError:
        raise Refused(Decision(False, (Reason("letter_step_taken"),), (kind.row,))) from None
    return letter


def fits(kind: LetterKind, matters: Sequence[Matter], *, county: str) -> None:
    """Raises Refused where a case is not one that such a letter can be about."""
    cases = [one for one in matters if one.kind == HAZARD]
    listed = listed_among(county, [one.subject for one in cases]) if kind.needs in ("listed", "closed") else set()
    judged = fit(kind, [(one.grade, one.state, one.subject in listed) for one in cases])
    if not judged.verdict:
        raise Refused(judged)


def letter_of(draft: Draft, kind: LetterKind, *, hands: list[str], now: datetime) -> Letter:
    department, post, body = draft.to
    return Letter(
        id=mint(now),
        county=county_of(draft.region),
        region=draft.region,
        salt=salt(),
        kind=kind.id,
        state="drafted",
        ground=kind.ground,
        to_department="" if kind.to else department,
        to_post=kind.to or post,
        to_body=body,
        language=draft.language,
        hands=hands,
        made_at=now,
        **{name: draft.words.get(name, "").strip() for name in FIELDS},
    )


def first_step(
    pack: Pack, kind: LetterKind, letter: Letter, *, now: datetime, actor: UUID | None = None, post: str = ""
) -> Step:
    found = arrow(pack, kind, None, "draft")
    assert found is not None
    return Step(
        act="draft", source="", target=found.target, at=now, pack=pack.version, clause=kind.row, actor=actor, post=post
    )


def causes_of(letter: Letter, matters: Sequence[Matter], *, now: datetime) -> list[Cause]:
    return [
        cause(letter, one.kind, subject=one.subject, area=one.area, facts=one.facts, at=now, step=one.step)
        for one in matters
    ]


def prefilled(
    pack: Pack, kind: LetterKind, *, region: str, to: tuple[str, str, str], now: datetime
) -> dict[str, str]:
    """The words a draft begins with, so that nobody types what the house knows."""
    on = now.astimezone(pack.zone).date()
    told: Words = composed(pack, kind, region=region, to=to, on=on)
    texts = {"title": told.title, "opening": told.opening, "asks": told.asks, "addressee": told.addressee}
    return {
        **{name: text.zh for name, text in texts.items()},
        **{f"{name}_ko": text.ko for name, text in texts.items()},
    }


def language_of(pack: Pack, now: datetime) -> str:
    """In how many languages a place writes its letters."""
    value = pack.value("letter.languages.count", on=now.astimezone(pack.zone).date())
    return LANGUAGES[1] if value.is_set and int(value.value or 1) > 1 else LANGUAGES[0]


def word_faults(words: Mapping[str, str], language: str) -> dict[str, str]:
    """What is wrong with the words of a letter, field by field."""
    faults: dict[str, str] = {}
    asked = [*NEEDED, *(f"{name}_ko" for name in NEEDED if language == LANGUAGES[1])]
    for name, most in FIELDS.items():
        said = words.get(name, "")
        if name in asked and not said.strip():
            faults[name] = _("This is needed.")
        elif fault := too_long(said, most):
            faults[name] = fault
    return faults


def _checked(draft: Draft, pack: Pack) -> LetterKind:
    faults = word_faults(draft.words, draft.language)
    kind, (department, post, body) = pack.letters.get(draft.kind), draft.to
    if kind is None or not is_region(draft.region):
        raise Unfit({"kind": _("Choose the kind of letter.")})
    if draft.language not in LANGUAGES:
        faults["language"] = _("Choose the language.")
    if not is_region(body) or not covers(draft.region, body):
        faults["to"] = _("The recipient does not lie in the area of the issuing body.")
    elif not kind.to and department not in pack.departments and post not in pack.posts:
        faults["to"] = _("Choose who gets the letter.")
    if len(draft.matters) > MANY:
        faults["matters"] = _("At most %(n)s in one letter.") % {"n": MANY}
    if kind.needs and not draft.matters:
        faults["matters"] = _("Choose the hazards the letter is about.")
    if faults:
        raise Unfit(faults)
    return kind
