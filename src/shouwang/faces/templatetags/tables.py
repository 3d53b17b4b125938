"""Template filter: whether the reader of a list may take it out as a table."""

from django import template

from shouwang.domains.people.actor import Actor
from shouwang.flows.export_records import ACTION
from shouwang.flows.sight import areas_for

register = template.Library()


@register.filter
def exports(actor: Actor) -> bool:
    return bool(areas_for(actor, ACTION))
