"""Types of record by the API (台账类型): the declarations, so that another system knows what to send."""

from django.conf import settings
from django.http import HttpResponse
from dmr import Path, validate

from shouwang.domains.people.actor import Actor
from shouwang.faces.record_telling import spoken
from shouwang.flows.record_words import type_of
from shouwang.policy import Text, load
from shouwang.policy.record_shapes import Field, Paper, RecordType
from shouwang.rules.record_acts import enters_somewhere

from .desk import Desk, answers
from .record_shapes import FieldTold, Option, PaperTold, TypeBrief, TypeOf, Types, TypeTold


class RecordTypes(Desk):
    """Every type of record the pack declares."""

    @validate(*answers(Types))
    def get(self) -> HttpResponse:
        """In the order of the pack."""
        return self.answer(Types([_brief(self.actor, one) for one in load(settings.PACK).records.values()]))


class RecordTypeDesk(Desk):
    """One type of record."""

    @validate(*answers(TypeTold, no=(404,)))
    def get(self, parsed_path: Path[TypeOf]) -> HttpResponse:
        """The whole declaration in its newest version."""
        return self.answer(_told(self.actor, type_of(load(settings.PACK), parsed_path.type_id)))


def _brief(actor: Actor, one: RecordType) -> TypeBrief:
    return TypeBrief(**_shared(actor, one))


def _shared(actor: Actor, one: RecordType) -> dict[str, object]:
    return {
        "id": one.id,
        "label": _said(one.label),
        "row": one.row,
        "levels": list(one.levels),
        "version": one.version,
        "may_enter": enters_somewhere(load(settings.PACK), one, actor.posts),
    }


def _told(actor: Actor, one: RecordType) -> TypeTold:
    return TypeTold(
        **_shared(actor, one),
        help=_said(one.help),
        kinds=list(one.kinds),
        occurs=one.occurs,
        named_by=one.named_by,
        every=one.every,
        confirmed_by_another=bool(one.verifies),
        fields=[_field(name, told) for name, told in one.fields_of(one.version).items()],
        papers=[_paper(name, paper) for name, paper in one.papers.items()],
    )


def _field(name: str, told: Field) -> FieldTold:
    return FieldTold(
        name=name,
        label=_said(told.label),
        type=told.type,
        required=told.required,
        least=told.least,
        most=told.most,
        choices=[Option(code, _said(label)) for code, label in told.choices.items()],
        unit=_said(told.unit),
        help=_said(told.help),
        why=_said(told.why),
        fact=told.fact,
        searched=told.searched,
        personal=told.personal,
    )


def _paper(name: str, paper: Paper) -> PaperTold:
    return PaperTold(
        name=name, label=_said(paper.label), what=paper.what, required=paper.required, why=_said(paper.why)
    )


def _said(text: Text | None) -> str:
    return text.in_(spoken()) if text else ""
