"""The sheet in Word, as it stands in the form: to be signed on paper or edited, and handed in again."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from shouwang.domains.adoptions.word_sheet import TICK, Head, Line, word_sheet
from shouwang.domains.areas.queries import name_of
from shouwang.domains.files.documents import DOCX
from shouwang.domains.people.actor import Actor
from shouwang.faces.doors import signed_in
from shouwang.faces.office.adoption import OPEN, place_of
from shouwang.faces.office.adoption_form import Offer, read_form, sections, words
from shouwang.faces.templatetags.words import provenance_word


@require_POST
@signed_in
def word(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Nothing typed is judged here: a paper may have gaps."""
    place, typed = place_of(request, actor), read_form(request)
    offers = [
        offer for section in sections(place, place.of(*OPEN, "local"), typed, {}) for offer in section.offers
    ]
    taken = typed.sheet(place).values
    head = Head(place=name_of(place.region), region=place.region, **typed.document)
    lines = [_line(offer, is_taken=offer.of.parameter.id in taken) for offer in offers]
    response = HttpResponse(word_sheet(head, lines, language=get_language() or "zh-hans"), content_type=DOCX)
    response.headers["Content-Disposition"] = (
        f'attachment; filename="adoption-{place.region}-{place.on}.docx"'
    )
    return response


def _line(offer: Offer, *, is_taken: bool) -> Line:
    value = offer.of.value
    origin = value.source if value.provenance == "local" else provenance_word(value.provenance)
    return Line(
        id=offer.of.parameter.id,
        label=words(offer.of.parameter.label),
        now=origin if value.value is None else f"{value.value} ({origin})",
        value=offer.text,
        unit=words(offer.unit),
        tick=TICK if is_taken else "",
    )
