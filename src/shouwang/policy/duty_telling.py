"""A duty's trigger, proof and deadline in a few signs, for the pages of docs/policy."""

from shouwang.policy.duty_shapes import Calendar, Duty, Event, Once, State, Threshold, Where


def opened_by(duty: Duty) -> str:
    match duty.trigger:
        case Calendar(every=every, months=months, seasons=seasons):
            only = (*map(str, months), *seasons)
            return f"every {every}" + (f" ({', '.join(only)})" if only else "")
        case Event(on=kind, where=where, reaching=floors, at=at, own=own):
            return f"{'own ' if own else ''}{kind}{where_told(where)}{_floors(floors)}{_at(at)}"
        case State(valid=valid):
            return f"always, proof not older than {valid}" if valid else "always"
        case Threshold(fact=fact, least=least, above=above):
            return f"{fact} {'>' if above else '>='} {least}"
        case Once(by=by, before=before):
            return f"once, {'before' if before else 'by'} {by}"


def met_by(duty: Duty) -> str:
    proof = duty.evidence
    times = "" if proof.least == 1 else f" × {proof.least}"
    times += (f" of each {proof.each}" if proof.each else "") + (f", {proof.times} each" if proof.times else "")
    each = f" for each of {duty.objects.register}{where_told(duty.objects.where)}" if duty.objects else ""
    return f"{proof.kind}{where_told(proof.where)}{_floors(proof.reaching)}{_at(proof.at)}{times}{each}"


def deadline_of(duty: Duty) -> str:
    told = duty.deadline
    parts = (
        told.parameter or "",
        f"from {told.anchor}" if told.anchor else "",
        f"+ {told.grace}" if told.grace else "",
    )
    return " ".join(part for part in parts if part)


def _floors(reaching: dict[str, str]) -> str:
    return "".join(f" [{name} >= {parameter}]" for name, parameter in reaching.items())


def _at(name: str | None) -> str:
    return f" on its {name}" if name else ""


def where_told(where: Where) -> str:
    return "".join(f" [{name}={value}]" for name, value in where.items())
