"""What templates of the phone ask: its scripts, each with the version they are kept under; who watches alarms."""

from uuid import uuid4

from django import template
from django.templatetags.static import static

from shouwang.domains.people.actor import Actor
from shouwang.faces.phone.desk import SCRIPTS, version
from shouwang.flows.alarm_sight import WATCHING
from shouwang.flows.sight import areas_for

register = template.Library()


@register.filter
def watches_alarms(actor: Actor) -> bool:
    return bool(areas_for(actor, WATCHING))


@register.simple_tag
def new_key() -> str:
    """Tells a form from the same form sent again."""
    return str(uuid4())


@register.simple_tag
def phone_scripts() -> list[str]:
    return [f"{static(name)}?v={version()}" for name in SCRIPTS]
