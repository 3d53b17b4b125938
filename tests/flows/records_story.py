"""What the stories of the records room stand on: the areas of the cast, a scan of minutes, entries as typed."""

from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO
from shutil import copytree

from reportlab.pdfgen.canvas import Canvas

from shouwang.domains.areas.models import Area
from shouwang.domains.ledger.minting import mint
from shouwang.domains.records.models import Record
from shouwang.flows.enter_record import Entry, enter_record
from shouwang.flows.record_papers import Paper
from shouwang.kernel.codes import level_of
from shouwang.policy.loading import PACKS
from tests.cast import (
    COMMUNITY,
    COUNTY,
    GRID,
    NEXT_COMMUNITY,
    NEXT_GRID,
    NEXT_STREET,
    OTHER_COUNTY,
    PACK,
    PREFECTURE,
    STREET,
)
from tests.prefectures import here

MORNING = datetime(2026, 11, 24, 1, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
AREAS = (PREFECTURE, COUNTY, STREET, NEXT_STREET, COMMUNITY, NEXT_COMMUNITY, GRID, NEXT_GRID, OTHER_COUNTY)
KINDS = {
    "prefecture": "prefecture",
    "county": here("city"),
    "township": here("street"),
    "village": here("community"),
    "grid": "grid",
}
MEETS = here("meeting")
MEETING = {
    "held_on": "2026-11-05",
    "kind": here("火灾风险研判专题会"),
    "topic": "冬季火灾防控",
    "present": "12",
    "on_forces": "是",
}


def settle_areas():
    """The areas of the cast, as an import would have brought them."""
    Area.objects.bulk_create(
        Area(
            id=mint(MORNING), county=area[:6], region=area, level=level_of(area).value,
            kind=KINDS[level_of(area).value], zh=area, year=2026,
        )
        for area in dict.fromkeys(AREAS)
    )  # fmt: skip


@cache
def minutes() -> bytes:
    """A page of minutes as a scanner sends it."""
    page = BytesIO()
    canvas = Canvas(page, invariant=True)
    canvas.drawString(72, 720, "Minutes")
    canvas.save()
    return page.getvalue()


def scan():
    return (Paper(name="minutes", data=minutes()),)


def entry(key="form-1", region=STREET, papers=None, type_=MEETS, external_id="", **values):
    return Entry(
        key=key, type=type_, region=region, values={**MEETING, **values} if type_ == MEETS else values,
        papers=scan() if papers is None else papers, external_id=external_id,
    )  # fmt: skip


def entered(actor, told=None, *, now=MORNING):
    return Record.objects.get(pk=enter_record(actor, told or entry(), now=now).id)


OWNERS = f"""
rented_home:
  row: {here("13-25")}
  label: {{zh: 自租房登记, ko: 자체셋집등록, en: Rented home}}
  levels: [village]
  enters: [{here("village_head")}, {here("committee_member")}, {here("grid_chief")}]
  verifies: [{here("station_head")}]
  occurs: seen_on
  named_by: address
  fields:
    seen_on: {{label: {{zh: 登记日期, ko: 등록날자, en: Entered on}}, type: date, required: true}}
    address: {{label: {{zh: 地址, ko: 주소, en: Address}}, type: text, required: true, most: 80, searched: true}}
    rooms: {{label: {{zh: 间数, ko: 칸수, en: Rooms}}, type: integer, least: 1, most: 99, searched: true, fact: true}}
    rent: {{label: {{zh: 月租, ko: 월세, en: Monthly rent}}, type: yuan, least: 0, searched: true}}
    owner: {{label: {{zh: 房主, ko: 집주인, en: Owner}}, type: text, personal: true, required: true}}
    phone: {{label: {{zh: 电话, ko: 전화, en: Telephone}}, type: phone, personal: true}}
    grid: {{label: {{zh: 所在网格, ko: 소속격자, en: Grid}}, type: area}}
    alarmed: {{label: {{zh: 装了烟感, ko: 감지기 설치, en: Has a detector}}, type: yes_no, searched: true}}
"""
OWNER = {"seen_on": "2026-11-20", "address": "红旗街5号", "rooms": "2", "rent": "800", "owner": "金英顺",
         "phone": "138 1234 5678", "grid": GRID, "alarmed": "是"}  # fmt: skip


def pack_with(folder, yaml, name="own.yaml"):
    """A pack like ours with one YAML file more, as a prefecture would copy it in. Returns its name for the settings."""
    own = folder / "own-pack"
    if not own.exists():
        copytree(PACKS / PACK, own)
    (own / "records" / name).write_text(yaml, "utf-8")
    return str(own)
