"""What is compared between two editions of a row, duty, record type or post, each fact by its name."""

from collections.abc import Mapping

from shouwang.policy.duty_shapes import Duty
from shouwang.policy.duty_telling import deadline_of, met_by, opened_by, where_told
from shouwang.policy.record_shapes import Field, RecordType
from shouwang.policy.shapes import PostKind, Row

Facts = Mapping[str, str]


def row_facts(row: Row) -> Facts:
    return {
        "modality": row.modality,
        "trigger": row.trigger,
        "text": row.text.zh if row.text else "",
        "screens": ", ".join(row.screens),
    }


def duty_facts(duty: Duty) -> Facts:
    return {
        "owed by": " ".join(part for part in _owing(duty) if part),
        "done by": duty.performer,
        "verified by": duty.verifier,
        "modality": duty.modality,
        "when": opened_by(duty),
        "only if": where_told(duty.condition).strip(),
        "deadline": deadline_of(duty),
        "evidence": met_by(duty),
        "set aside by": ", ".join(duty.waived_by),
        "late entry": "counts" if duty.late_entry else "is late",
        "follow-up": ", ".join(duty.ladder),
        "superseded": str(duty.superseded_on or ""),
        "row": ", ".join(duty.rows_served),
    }


def _owing(duty: Duty) -> tuple[str | None, ...]:
    bearer = duty.bearer
    return bearer.level, *bearer.kinds, bearer.department, bearer.post, "by the case's department" * bearer.of_case


def record_facts(record: RecordType) -> Facts:
    fields = {f"field {name}": _field(one) for name, one in record.fields.items()}
    papers = {f"paper {name}": "required" if one.required else "optional" for name, one in record.papers.items()}
    return {
        "kept by": ", ".join(record.levels),
        "entered by": ", ".join(record.enters),
        "verified by": ", ".join(record.verifies),
        "every": record.every or "",
        "version": str(record.version),
        **fields,
        **papers,
    }


def post_facts(post: PostKind) -> Facts:
    return {"level": post.level, "may": ", ".join(sorted(post.actions))}


def _field(one: Field) -> str:
    must = "required" if one.required else "optional"
    choices = f" of {', '.join(one.choices)}" if one.choices else ""
    return f"{must} {one.type}{choices}"
