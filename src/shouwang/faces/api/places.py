"""Areas by the API: what lies right below one, as far as the caller's posts reach."""

from typing import Annotated, Literal

import msgspec
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from dmr import Path, Query, validate

from shouwang.domains.areas.queries import children
from shouwang.flows.refusal import Unfit
from shouwang.flows.sight import areas_for
from shouwang.kernel.codes import is_region

from .desk import Desk, answers
from .shapes import Place, Places, Region


class AreaOf(msgspec.Struct, frozen=True):
    code: Region


class Paged(msgspec.Struct, frozen=True):
    after: Region | Literal[""] = ""
    language: Annotated[str, msgspec.Meta(max_length=20)] = ""


class Children(Desk):
    """The jurisdiction tree."""

    @validate(*answers(Places, no=(404,)))
    def get(self, parsed_path: Path[AreaOf], parsed_query: Query[Paged]) -> HttpResponse:
        """The units right below, 200 at a time; `after` is the last code of the page before."""
        code, after = parsed_path.code, parsed_query.after
        asked = {"code": code, "after": after}
        wrong = {
            name: _("This is not an area code.")
            for name in asked
            if asked[name] and not is_region(asked[name])
        }
        if wrong:
            raise Unfit(wrong)
        page = children(
            code,
            areas=areas_for(self.actor, "areas.see"),
            on=timezone.localdate(),
            after=after,
            limit=200,
            lineage=self.actor.lineage,
        )
        found = [Place(code=p.code, level=p.level, kind=p.kind, name=p.name) for p in page.places]
        return self.answer(Places(found, page.after))
