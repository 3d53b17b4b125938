"""02-09: a trade without a regulator gets one by nearest business (业务相近), as a row of the table that names them."""

from datetime import datetime

from django.utils.translation import gettext as _

from shouwang.policy import Pack
from shouwang.policy.document_numbers import read_number
from shouwang.policy.findings import Findings
from shouwang.policy.table_rows import Answer, with_answer
from shouwang.policy.text import Text

from .local_values import pack_of
from .refusal import Unfit

TABLE = "industry-regulator"


def regulator_rows(region: str, site: str, department: str, *, number: str, now: datetime) -> str:
    """The table with the decision in it, as a sheet in codes: adopted like any other. Raises Unfit."""
    pack = pack_of(region, now=now)
    faults: dict[str, str] = {}
    if site not in pack.sites:
        faults["site"] = _("Choose the kind of place.")
    if department not in pack.departments:
        faults["department"] = _("Choose the department.")
    edition = pack.tables[TABLE].edition(now.astimezone(pack.zone).date())
    if faults or edition is None:
        raise Unfit(faults)
    findings = Findings()
    text = with_answer(
        edition,
        Answer("site", site, "department", department),
        note=_note(pack, site, department),
        clause=pack.wiring.clauses.unowned,
        source=read_number(number) or number,
        findings=findings,
    )
    if findings.refused:
        raise Unfit({"site": _("This table must be changed as a whole: fetch it, change it and send it back.")})
    return text


def _note(pack: Pack, site: str, department: str) -> Text:
    place, body = pack.sites[site].label, pack.departments[department].label
    return Text(
        zh=f"{place.zh}按业务相近由{body.zh}督导",
        ko=f"{place.ko}: 업무가 비슷하므로 {body.ko}이(가) 감독지도함",
        en=f"{body.en} supervises {place.en}, by nearest business",
    )
