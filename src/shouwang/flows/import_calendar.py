"""The yearly notice of days off (放假安排) is entered: checked by row, kept as one act, deadlines counted anew."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError
from django.utils.translation import gettext as _

from shouwang.domains.adoptions.models import YearNotice
from shouwang.domains.adoptions.scopes import ADOPT
from shouwang.domains.adoptions.services import By
from shouwang.domains.adoptions.years import Told, enter_notice
from shouwang.domains.ledger.minting import mint, salt
from shouwang.domains.people.actor import Actor
from shouwang.kernel.notices import Fault, Notice, read_notice
from shouwang.policy.document_numbers import read_number
from shouwang.policy.spreadsheet import decoded

from .adopt_values import office
from .judge_duties import judge_duties
from .local_values import pack_of
from .redate_cases import Redated, redate_cases
from .refusal import Unfit
from .sight import counties_within, pack
from .working_days import forget, known_notices, office_of

FIRST, LONGEST = 2004, 60


@dataclass(frozen=True, kw_only=True)
class Entered:
    """What an office hands in: the days of a year and the number of the notice they come from."""

    region: str
    year: int
    number: str
    content: bytes


@dataclass(frozen=True, kw_only=True)
class Imported:
    """The notice that stands now; handed in twice, it is kept once. `cases` are the deadlines this run moved."""

    id: UUID
    region: str
    replayed: bool
    rest: int
    work: int
    cases: Sequence[Redated]


def import_calendar(entered: Entered, *, actor: Actor | None, now: datetime) -> Imported:
    """Keep the notice and count anew; nobody as `actor` is whoever runs commands here. Raises Unfit, Refused.

    Begun and not finished, it goes on where it stopped when the same notice is handed in again.
    """
    post = office(actor, entered.region).kind if actor is not None else pack().wiring.posts.machine
    read = checked(entered)
    number = read_number(entered.number) or ""
    kept = _standing(entered.region, read, number)
    replayed = kept is not None
    id_ = kept.id if kept is not None else _keep(entered.region, read, number, (actor, post), now=now)
    forget()
    return Imported(
        id=id_,
        region=entered.region,
        replayed=replayed,
        rest=len(read.days.rest),
        work=len(read.days.work),
        cases=[one for county in counties_within([entered.region]) for one in _count_anew(county, now)],
    )


def checked(entered: Entered) -> Notice:
    """The notice as it can be read. Raises Unfit with every row at fault."""
    faults: dict[str, str] = {}
    if office_of(entered.region) != entered.region:
        faults["region"] = _("The prefecture enters the notice, once for all its counties.")
    number = read_number(entered.number)
    if number is None or len(number) > LONGEST:
        faults["number"] = _("Write the document number as it stands on the paper, e.g. %(example)s.") % {
            "example": "国办发明电〔2025〕7号"
        }
    read = read_notice(decoded(entered.content), year=entered.year)
    faults.update({f"row:{number}": worded(one) for number, one in enumerate(read.faults)})
    if faults:
        raise Unfit(faults)
    return read


def worded(fault: Fault) -> str:
    """The row and the reason, in the reader's language."""
    reasons = {
        "no_columns": _("The first line must name the columns day and kind."),
        "not_a_day": _("“%(day)s” is not a date such as 2027-10-01."),
        "kind_unknown": _("“%(day)s” is neither rest (休) nor work (班)."),
        "wrong_year": _("%(day)s lies in another year."),
        "twice": _("%(day)s is given twice."),
        "both_kinds": _("%(day)s is given as rest and as work."),
        "no_weekend": _("%(day)s is no weekend, so nobody makes up for a day off on it."),
        "works_on_holiday": _("%(day)s is a statutory holiday; it cannot be worked in its stead."),
        "holiday_missing": _("%(day)s is a statutory holiday and is missing."),
        "beyond_table": _("Moving festivals are known up to %(day)s only."),
    }
    said = reasons[fault.code] % {"day": fault.day}
    return _("Line %(row)s: %(reason)s") % {"row": fault.row, "reason": said} if fault.row else said


def _standing(region: str, read: Notice, number: str) -> Told | None:
    """The notice of the year in force, where it is this one."""
    of_year = [one for one in known_notices(region) if one.year == read.year]
    same = bool(of_year) and (of_year[-1].days, of_year[-1].number) == (read.days, number)
    return of_year[-1] if same else None


def _keep(region: str, read: Notice, number: str, who: tuple[Actor | None, str], *, now: datetime) -> UUID:
    pack, (actor, post) = pack_of(region, now=now), who
    by = By(actor=actor.id if actor else None, post=post, pack=pack.version, clause=pack.actions[ADOPT])
    row = YearNotice(
        id=mint(now),
        county=region,
        region=region,
        salt=salt(),
        year=read.year,
        version=1 + sum(one.year == read.year for one in known_notices(region)),
        number=number,
        rest=sorted(day.isoformat() for day in read.days.rest),
        work=sorted(day.isoformat() for day in read.days.work),
        entered_by=by.actor,
        post=post,
        at=now,
    )
    try:
        enter_notice(row, by=by)
    except IntegrityError:
        forget()
        kept = _standing(region, read, number)
        if kept is None:
            raise
        return kept.id
    return row.id


def _count_anew(county: str, now: datetime) -> list[Redated]:
    """Hazards first, so that who works on one hears of it there; then what bodies owe."""
    found = redate_cases(county, now=now)
    judge_duties(county, now=now)
    return found
