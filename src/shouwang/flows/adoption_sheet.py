"""A sheet of values as it was handed in (参数采纳单), and what of it can be read: every fault by its field."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from hashlib import sha256

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shouwang.kernel.decision import Reason
from shouwang.kernel.digest import canonical
from shouwang.policy import Pack
from shouwang.policy.document_numbers import read_number
from shouwang.policy.giving import NotGiven, may_give, read_day, read_value

from .refusal import Unfit
from .table_sheet import table_faults

NUL, LONGEST, AHEAD = "\x00", 60, timedelta(days=366)
EXAMPLE = "延市消委办〔2026〕5号"
VALUE = "value:"


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What a person hands in for an office's area, as it was typed; `tables` stand in codes.

    `paper` is the hash of the signed file.
    """

    region: str
    number: str = ""
    signed_on: str = ""
    signer: str = ""
    effective_from: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    tables: Mapping[str, str] = field(default_factory=dict)
    paper: str = ""


@dataclass(frozen=True, kw_only=True)
class Terms:
    """A sheet that can be read. Its values stand from `since`: never before the day they are entered, so that
    what was judged until then stays judged by the values of its own day."""

    region: str
    number: str
    signed_on: date
    signer: str
    effective_from: date
    since: date
    values: Mapping[str, int | str]
    tables: Mapping[str, str] = field(default_factory=dict)

    @property
    def fingerprint(self) -> str:
        """The same for the same sheet, whenever and however it is handed in."""
        told = {name: value for name, value in vars(self).items() if name not in ("since", "tables")}
        if self.tables:
            told["tables"] = dict(self.tables)
        return sha256(canonical(told)).hexdigest()

    @property
    def kept(self) -> dict[str, str]:
        return {name: str(value) for name, value in self.values.items()}


def chosen(
    shown: Mapping[str, tuple[str, str]], entries: Mapping[str, tuple[bool, str]], *, every: bool = False
) -> dict[str, str]:
    """The values a person takes, by what was shown for each parameter: its provenance and its text.

    Taken is what is ticked, what was written where nothing stood, and what was changed; with `every`, all our
    suggestions too. A name that was not shown is taken along, so that it is refused with its reason.
    """
    found: dict[str, str] = {}
    for name, (ticked, text) in entries.items():
        provenance, before = shown.get(name, ("", ""))
        changed = bool(text) and text != before
        if ticked or changed or (every and provenance == "default"):
            found[name] = text
    return found


def terms(sheet: Sheet, pack: Pack, *, now: datetime) -> Terms:
    """Read a sheet. Raises Unfit with every field at fault."""
    today = now.astimezone(pack.zone).date()
    faults: dict[str, str] = {}
    number, signer = read_number(sheet.number), sheet.signer.strip()
    signed_on, effective = read_day(sheet.signed_on), read_day(sheet.effective_from)
    faults.update(_of_paper(sheet, number, signed_on, effective, pack=pack, today=today))
    since = max(effective or today, today)
    values, wrong = _values(sheet, pack, since)
    faults.update(wrong)
    faults.update(table_faults(sheet.tables, pack, since))
    if faults or number is None or signed_on is None or effective is None:
        raise Unfit(faults)
    return Terms(
        region=sheet.region,
        number=number,
        signed_on=signed_on,
        signer=signer,
        effective_from=effective,
        since=since,
        values=values,
        tables=sheet.tables,
    )


def _of_paper(
    sheet: Sheet,
    number: str | None,
    signed_on: date | None,
    effective: date | None,
    *,
    pack: Pack,
    today: date,
) -> Iterator[tuple[str, str]]:
    """What is wrong with the document itself."""
    if number is None or len(number) > LONGEST:
        yield (
            "number",
            _("Write the document number as it stands on the paper, e.g. %(example)s.")
            % {"example": EXAMPLE},
        )
    if signed_on is None:
        yield "signed_on", _("Write the day as 2026-06-01.")
    elif signed_on > today:
        yield "signed_on", _("This day has not come yet.")
    elif signed_on < pack.since:
        yield (
            "signed_on",
            _("This is before the plan was issued (%(day)s).") % {"day": pack.since.isoformat()},
        )
    if not sheet.signer.strip():
        yield "signer", _("Write who signed the document.")
    elif len(sheet.signer.strip()) > LONGEST:
        yield "signer", _("At most %(n)s characters.") % {"n": LONGEST}
    elif NUL in sheet.signer:
        yield "signer", _("This text has a sign that cannot be kept.")
    if effective is None:
        yield "effective_from", _("Write the day as 2026-06-01.")
    elif not pack.since <= effective <= today + AHEAD:
        yield (
            "effective_from",
            _("The day must lie between %(first)s and %(last)s.")
            % {
                "first": pack.since.isoformat(),
                "last": (today + AHEAD).isoformat(),
            },
        )


def _values(sheet: Sheet, pack: Pack, since: date) -> tuple[dict[str, int | str], dict[str, str]]:
    """The values that can be read, and why the others cannot."""
    found: dict[str, int | str] = {}
    faults = {} if sheet.values or sheet.tables else {"values": _("Choose or write at least one value.")}
    for name, text in sheet.values.items():
        refusal = may_give(pack, name, on=since)
        if refusal is not None:
            faults[VALUE + name] = _worded(pack, name, refusal)
            continue
        try:
            found[name] = read_value(pack.parameters[name], text)
        except NotGiven as unreadable:
            faults[VALUE + name] = _worded(pack, name, unreadable.reason)
    return found, faults


def _worded(pack: Pack, name: str, reason: Reason) -> str:
    """The parameter and the reason, in the reader's language."""
    language = get_language() or "zh-hans"
    label = pack.parameters[name].label.in_(language) if name in pack.parameters else name
    return _("%(name)s: %(reason)s") % {"name": label, "reason": pack.explain(reason, language)}
