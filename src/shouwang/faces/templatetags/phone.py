"""Template tag: the scripts of the phone, each with the version that the worker keeps them under."""

from uuid import uuid4

from django import template
from django.templatetags.static import static

from shouwang.faces.phone.desk import SCRIPTS, version

register = template.Library()


@register.simple_tag
def new_key() -> str:
    """Tells a form from the same form sent again."""
    return str(uuid4())


@register.simple_tag
def phone_scripts() -> list[str]:
    return [f"{static(name)}?v={version()}" for name in SCRIPTS]
