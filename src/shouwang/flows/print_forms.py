"""Record forms are printed (打印表单): each page with a code of its own that its scan is known by."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from shouwang.domains.areas.queries import Place, bodies
from shouwang.domains.people.actor import Actor
from shouwang.domains.records.making import By
from shouwang.domains.records.models import PaperForm, Record
from shouwang.domains.records.papers import pages_of_batch, print_pages
from shouwang.domains.records.queries import one
from shouwang.kernel.codes import county_of, covered, covers, prefix_of
from shouwang.kernel.decision import Decision, Reason
from shouwang.policy import Pack
from shouwang.policy.record_shapes import RecordType
from shouwang.rules.record_periods import read_period
from shouwang.rules.scope import HeldPost, reach

from .record_words import type_of
from .refusal import NotSeen, Refused, Unfit
from .sight import areas_for, counties_within, pack_for, record_sight

SEE, MOST, TRIES = "records.see", 200, 3


def bodies_to_print_for(actor: Actor, type_id: str, area: str, *, now: datetime) -> list[Place]:
    """The bodies in an area that keep such records, as far as the person sees them. Raises NotSeen."""
    pack = pack_for(actor.county, now=now)
    kind = type_of(pack, type_id)
    seen = areas_for(actor, SEE)
    inside = [area] if covered(seen, area) else [one for one in seen if covers(area, one)]
    return bodies(inside, levels=kind.levels, kinds=kind.kinds, on=now.astimezone(pack.zone).date(), limit=MOST)


def print_forms(
    actor: Actor, type_id: str, regions: Sequence[str], *, period: str = "", now: datetime
) -> UUID:
    """Print an empty page for each body; the batch. Raises NotSeen, Refused, Unfit."""
    pack = pack_for(actor.county, now=now)
    kind = type_of(pack, type_id)
    chosen = sorted(set(regions))
    _printable(pack, actor, chosen)
    read = _period(pack, kind, period, now=now)
    by = _by(pack, actor, chosen[0], now=now)
    return _printed(kind, chosen, by, period=read)


def print_record(actor: Actor, record_id: UUID, *, now: datetime) -> UUID:
    """Print an entered record as a page, to be signed or filed. Raises NotSeen."""
    pack = pack_for(actor.county, now=now)
    record = one(record_sight(actor), record_id)
    if record is None:
        raise NotSeen(str(record_id))
    by = _by(pack, actor, record.region, now=now)
    return _printed(type_of(pack, record.type), [record.region], by, record=record)


def printed(actor: Actor, batch: UUID) -> list[PaperForm]:
    """The pages of a batch in the person's sight. Raises NotSeen."""
    areas = areas_for(actor, SEE)
    pages = [
        page
        for page in pages_of_batch(counties_within(areas), batch)
        if covered(areas, page.region) or page.printed_by == actor.id
    ]
    if not pages:
        raise NotSeen(str(batch))
    return pages


def _printed(
    kind: RecordType, regions: Sequence[str], by: By, *, period: str = "", record: Record | None = None
) -> UUID:
    for tries in range(TRIES):
        try:
            with transaction.atomic():
                return print_pages(kind, regions, by, period=period, record=record)
        except IntegrityError:
            # Two pages drew one code, once in a great many: drawn again.
            if tries == TRIES - 1:
                raise
    raise AssertionError("not reached")


def _printable(pack: Pack, actor: Actor, regions: Sequence[str]) -> None:
    """Bodies of one county, all in sight, not more than anybody prints at once."""
    if not regions:
        raise Unfit({"bodies": _("Choose for which bodies to print.")})
    if len(regions) > MOST:
        raise Unfit({"bodies": _("At most %(n)s pages at once.") % {"n": MOST}})
    if len({county_of(region) for region in regions}) > 1:
        raise Unfit({"bodies": _("Print county by county.")})
    seen = areas_for(actor, SEE)
    if not all(covered(seen, region) for region in regions):
        raise Refused(Decision(False, (Reason("body_outside"),), (pack.actions[SEE],)))


def _period(pack: Pack, kind: RecordType, typed: str, *, now: datetime) -> str:
    """The period a page is for, which may be one to come; '' where the person leaves it open."""
    if kind.every is None or not typed:
        return ""
    far = now.astimezone(pack.zone).date().replace(year=now.year + 2, day=1)
    found = read_period(pack, kind.every, typed, day=None, today=far)
    if isinstance(found, Reason):
        raise Unfit({"period": pack.explain(found, "zh")})
    return found


def _by(pack: Pack, actor: Actor, region: str, *, now: datetime) -> By:
    """As which post a page is printed: the nearest that sees the body."""

    def nearness(post: HeldPost) -> int:
        areas = reach(pack, (post,), SEE).verdict.areas
        return max((len(prefix_of(area)) for area in areas if covers(area, region)), default=0)

    post = max(actor.posts, key=nearness)
    return By(actor=actor.id, post=post.kind, department=post.department or "", at=now, pack=pack.version)
