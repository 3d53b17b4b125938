"""Every form and template of the house in one list (模板库), each with its version and where it stands."""

from dataclasses import dataclass

from shouwang.domains.people.actor import Actor
from shouwang.flows.sight import pack
from shouwang.policy import Text


@dataclass(frozen=True, kw_only=True)
class Form:
    """A form to fill in or a document to write: whose it is, which version, and the ways to have it."""

    label: Text
    row: str
    version: str
    ways: tuple[tuple[str, str], ...] = ()


def forms_of(actor: Actor) -> list[Form]:
    return [Form(label=one.label, row=one.row, version=str(one.version)) for one in pack().records.values()]
