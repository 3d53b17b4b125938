"""The pages of a batch as templates print them (表单页): heading, code, fields with their room, and a line below."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone, translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from shouwang.domains.areas.queries import paths
from shouwang.domains.records.personal import opened
from shouwang.faces.paper.codes import drawn
from shouwang.faces.paper.layout import Space, Words, in_tongues, spaces
from shouwang.faces.paper.phrases import LANGUAGES
from shouwang.faces.period_words import period_words
from shouwang.faces.templatetags.words import pack


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One printed form."""

    code: str
    qr: SafeString
    tongues: tuple[str, ...]
    title: Words
    body: Words
    period: Words | None
    spaces: Sequence[Space]
    papers: Sequence[Words]
    foot: str


def sheets_of(pages: Sequence[Any], *, tongues: tuple[str, ...]) -> list[Sheet]:
    """Pages of one batch; the names of their bodies are asked for once."""
    bodies = _bodies({page.region for page in pages}, tongues)
    return [_sheet(page, bodies[page.region], tongues=tongues) for page in pages]


def _bodies(regions: set[str], tongues: Sequence[str]) -> Mapping[str, Words]:
    named: dict[str, dict[str, str]] = {}
    for tongue in tongues:
        with translation.override(LANGUAGES[tongue]):
            named[tongue] = paths(regions)
    # Where no Korean name is published the Chinese one stands, and then once.
    once = {region: {named[tongue][region]: tongue for tongue in reversed(tongues)} for region in regions}
    return {
        region: Words(said=tuple((tongue, name) for name, tongue in reversed(told.items())))
        for region, told in once.items()
    }


def _sheet(page: Any, body: Words, *, tongues: tuple[str, ...]) -> Sheet:
    kind = pack().records[page.type]
    values = opened(page.record.id, page.record.values) if page.record else None
    return Sheet(
        code=page.code,
        qr=drawn(page.code),
        tongues=tongues,
        title=in_tongues(kind.label, tongues),
        body=body,
        period=_period(page.period, tongues),
        spaces=spaces(kind, page.form, tongues=tongues, values=values),
        papers=[in_tongues(paper.label, tongues) for paper in kind.papers.values() if paper.required],
        foot=_foot(page),
    )


def _period(name: str, tongues: Sequence[str]) -> Words | None:
    if not name:
        return None
    return Words(said=tuple((tongue, period_words(pack(), name, tongue)) for tongue in tongues))


def _foot(page: Any) -> str:
    told = {"code": page.code, "form": page.form, "day": f"{timezone.localtime(page.at):%Y-%m-%d}"}
    return _("%(code)s · version %(form)s · printed %(day)s") % told
