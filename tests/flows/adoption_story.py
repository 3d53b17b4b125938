"""The offices of Dunhua and Yanbian and their sheets of adopted values."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from shouwang.domains.areas.models import Area
from shouwang.domains.ledger.minting import mint
from shouwang.flows.adoption_sheet import Sheet
from shouwang.kernel.codes import level_of
from tests.cast import COUNTY, OTHER_COUNTY, PREFECTURE, STREET
from tests.prefectures import here

TUESDAY = datetime(2026, 11, 24, 1, 30, tzinfo=UTC)
TODAY, DAY = date(2026, 11, 24), timedelta(days=1)
YANJI = OTHER_COUNTY
MINOR, GENERAL, WHISTLE = here("hazard.minor.hours"), here("hazard.general.workdays"), here("whistle.arrival.hours")
INTAKES = here("water.intakes.per_year")
SHEET = Sheet(
    region=COUNTY,
    number="敦消委办〔2026〕5号",
    signed_on="2026-11-20",
    signer="郭强",
    effective_from="2026-11-24",
    values={GENERAL: "3", WHISTLE: "2小时"},
)
OF_PREFECTURE = replace(SHEET, region=PREFECTURE, number="延州消委办〔2026〕9号", signer="李哲民")


def bring_in_counties() -> None:
    for code in (PREFECTURE, COUNTY, YANJI, STREET):
        Area.objects.create(
            id=mint(TUESDAY),
            county=code[:6],
            region=code,
            level=level_of(code).value,
            kind="x",
            zh=code,
            year=2023,
        )
