"""What an error says (RFC 9457): a title, the fields at fault, and the reasons with their clauses."""

from collections.abc import Mapping

import msgspec
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shouwang.domains.files.checking import FileRefused
from shouwang.domains.ledger.idempotency import KeyReused
from shouwang.domains.ledger.proving import NotSealed
from shouwang.flows.refusal import Moved, NotSeen, Refused, Unfit
from shouwang.policy import load

CONTENT_TYPE = "application/problem+json"


class Fault(msgspec.Struct, frozen=True):
    """A field that cannot be taken, and why."""

    field: str
    message: str


class Ground(msgspec.Struct, frozen=True):
    """A reason of a judgement, and the clause of the plan it rests on."""

    text: str
    clause: str


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """Why the request was not done, in the reader's language."""

    title: str
    status: int
    errors: list[Fault] = []
    reasons: list[Ground] = []


class Declined(Exception):
    """An answer that is a problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.title)
        self.problem = problem


def unfit(fields: Mapping[str, str], *, status: int = 400) -> Problem:
    faults = [Fault(field, str(message)) for field, message in fields.items()]
    return Problem(title=_("Some fields cannot be taken."), status=status, errors=faults)


def stranger() -> Problem:
    return Problem(title=_("Sign in first: a session or a bearer token in force is needed."), status=401)


def unknown() -> Problem:
    """What may not be seen does not exist: the two are never told apart."""
    return Problem(title=_("There is no such thing, or it is not in your areas."), status=404)


def refused(no: Refused) -> Problem:
    """Every reason in words, each with a clause: its own by order, else the first."""
    pack, language = load(settings.PACK), get_language() or settings.LANGUAGE_CODE
    clauses = no.decision.clauses or ("",)
    told = [pack.explain(reason, language) for reason in no.decision.reasons]
    grounds = [Ground(text, clauses[min(i, len(clauses) - 1)]) for i, text in enumerate(told)]
    return Problem(title=_("This is not allowed."), status=403, reasons=grounds)


def of(error: Exception) -> Problem | None:
    """The problem an error of the flows is to a caller; None for a fault of ours."""
    match error:
        case Declined():
            return error.problem
        case Unfit():
            return unfit(error.fields)
        case Refused():
            return refused(error)
        case NotSeen():
            return unknown()
        case Moved():
            said = {"version": _("Somebody else acted on the case first; read it again.")}
            return Problem(title=_("The case has moved on."), status=409, errors=unfit(said).errors)
        case KeyReused():
            said = {"Idempotency-Key": _("This key was used for another request.")}
            return Problem(title=_("The key was used before."), status=409, errors=unfit(said).errors)
        case NotSealed():
            return Problem(title=_("The line is not sealed yet; ask again in a moment."), status=409)
        case FileRefused():
            return unfit({"file": str(error.args[0])}, status=415)
    return None
