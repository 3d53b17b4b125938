"""Where a gap is closed (补办): the form of the missing record, the page of posts, else the page that says how."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from shouwang.domains.people.actor import Actor
from shouwang.faces.office.responsibility.picture import APPOINTED
from shouwang.flows.sight import areas_for
from shouwang.kernel.codes import covered
from shouwang.policy import Pack
from shouwang.policy.duty_shapes import Duty
from shouwang.policy.manual_pages import page_of
from shouwang.policy.record_shapes import RECORD


@dataclass(frozen=True, kw_only=True)
class Remedy:
    words: str
    href: str


Remedies = Callable[[Duty, str], Remedy]


def remedies(actor: Actor, pack: Pack) -> Remedies:
    """For a duty and a body: what the reader may do about it. Nobody is shown a door that is shut to them."""
    address = cache(lambda name, *args: reverse(name, args=args))
    enters, manages = areas_for(actor, "records.enter"), areas_for(actor, "people.manage")
    page = cache(lambda duty: page_of(pack, duty))
    kinds = {post.kind for post in actor.posts}

    def remedy(duty: Duty, region: str) -> Remedy:
        record = pack.records.get(duty.evidence.kind.removeprefix(RECORD))
        if record is not None and kinds & set(record.enters) and covered(enters, region):
            form = address("office:new_record", record.id)
            return Remedy(words=_("Enter it"), href=f"{form}?{urlencode({'area': region})}")
        if duty.evidence.kind == APPOINTED and covered(manages, region):
            return Remedy(words=_("Appoint"), href=f"{address('office:appoint')}?{_asked(duty, region)}")
        return Remedy(words=_("How"), href=address("office:manual", page(duty.id)))

    return remedy


def _asked(duty: Duty, region: str) -> str:
    wanted = duty.evidence.where.get("post", "")
    kind = str(wanted[0] if isinstance(wanted, tuple) else wanted)
    return urlencode({"region": region, "kind": kind})
