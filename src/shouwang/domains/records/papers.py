"""Printed pages of the room (纸质表单): minted with a code when they are printed, found by it when they come back."""

from collections.abc import Sequence
from uuid import UUID

from shouwang.domains.ledger import acts
from shouwang.domains.ledger.acts import Act
from shouwang.domains.ledger.minting import mint, salt
from shouwang.kernel.codes import case_code, county_of
from shouwang.policy.record_shapes import RecordType

from .making import By
from .models import PaperForm, PaperReturn, Record


def print_pages(
    one: RecordType, regions: Sequence[str], by: By, *, period: str = "", record: Record | None = None
) -> UUID:
    """Keep a page for each body of one county, under one line; the batch they were printed in.

    Raises IntegrityError where two pages drew the same code.
    """
    batch = mint(by.at)
    pages = [_page(one, region, by, batch=batch, period=period, record=record) for region in regions]
    act = Act(
        room="records",
        name="print",
        region=regions[0] if len(regions) == 1 else county_of(regions[0]),
        at=by.at,
        pack=by.pack,
        actor=by.actor,
        post=by.post,
        clause=one.row,
    )
    acts.keep_many(act, object_id=batch, subjects=pages)
    return batch


def _page(
    one: RecordType, region: str, by: By, *, batch: UUID, period: str, record: Record | None
) -> PaperForm:
    page_id = mint(by.at)
    return PaperForm(
        id=page_id,
        county=county_of(region),
        region=region,
        salt=salt(),
        code=case_code(county_of(region), page_id),
        type=one.id,
        form=record.form if record else one.version,
        period=record.period if record else period,
        record=record,
        batch=batch,
        printed_by=by.actor,
        at=by.at,
    )


def pages_of_batch(counties: Sequence[str], batch: UUID) -> list[PaperForm]:
    rows = PaperForm.objects.filter(county__in=counties, batch=batch).select_related("record")
    return list(rows.order_by("region", "code"))


def pages_by_code(counties: Sequence[str], codes: Sequence[str]) -> dict[str, PaperForm]:
    """Pages of some counties by the codes read from a scan."""
    rows = PaperForm.objects.filter(county__in=counties, code__in=set(codes)).select_related("record")
    return {page.code: page for page in rows}


def records_made_from(pages: Sequence[PaperForm]) -> dict[UUID, UUID]:
    """The record each page shows, or that was entered from it; {page: record}."""
    shown = {page.id: page.record_id for page in pages if page.record_id is not None}
    counties = {page.county for page in pages}
    rows = PaperReturn.objects.filter(county__in=counties, paper__in=[page.id for page in pages])
    return shown | dict(rows.values_list("paper_id", "record_id"))


def returned(page: PaperForm, record: Record, by: By) -> PaperReturn:
    """The row that goes with the entry of a record: this page made it."""
    return PaperReturn(
        id=mint(by.at),
        county=record.county,
        region=record.region,
        salt=salt(),
        paper=page,
        record=record,
        at=by.at,
    )
