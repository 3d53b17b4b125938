"""Ways in on the office's form (来源渠道): which of them a person uses here, their own fields, and who told."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from shouwang.domains.people.actor import Actor
from shouwang.faces.office.forms import ReportForm
from shouwang.faces.templatetags.words import pack, say
from shouwang.flows.tellings import Telling
from shouwang.policy import load
from shouwang.policy.channel_shapes import OPENNESS, Channel
from shouwang.policy.record_shapes import Field

OWN = "own_"


def ways_of(actor: Actor) -> list[Channel]:
    """The ways in that a person's posts may use, those in which others tell the office first."""
    held = {post.kind for post in actor.posts}
    found = [way for way in load(settings.PACK).channels.values() if held & set(way.posts)]
    return sorted(found, key=lambda way: (len(way.openness) == 1 or bool(way.outside) or way.public))


def way_asked(request: HttpRequest, actor: Actor) -> Channel | None:
    """The one asked for in the address or sent with the form; else the first."""
    known = {way.id: way for way in ways_of(actor)}
    asked = request.POST.get("channel", "") or request.GET.get("channel", "")
    return known.get(asked) or next(iter(known.values()), None)


class WayForm(ReportForm):
    """The form with the fields of one way in. Who told is asked only where somebody else tells the office."""

    name = forms.CharField(label=gettext_lazy("Who told"), max_length=60, required=False)
    phone = forms.CharField(label=gettext_lazy("Telephone"), max_length=40, required=False)
    openness = forms.ChoiceField(label=gettext_lazy("May the name be known?"), required=False)

    def __init__(self, *args: Any, way: Channel, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.way = way
        if way.openness == ("named",):
            for name in ("name", "phone", "openness"):
                del self.fields[name]
        else:
            labels = [(one, say(pack().wordings[f"openness_{one}"])) for one in OPENNESS if one in way.openness]
            self.fields["openness"].choices = labels  # type: ignore[attr-defined]
        for name, told in way.fields.items():
            self.fields[OWN + name] = _box(told)

    @property
    def own(self) -> list[Any]:
        """The fields of the way itself, then those of who told."""
        asked = [name for name in ("openness", "name", "phone") if name in self.fields]
        return [self[name] for name in (*(OWN + name for name in self.way.fields), *asked)]

    def telling(self) -> Telling | None:
        """None where the case says it all."""
        values: Mapping[str, Any] = self.cleaned_data
        facts = {name: values[OWN + name] for name in self.way.fields if values.get(OWN + name)}
        if "openness" not in self.fields:
            return Telling(facts=facts) if facts else None
        return Telling(
            openness=values["openness"] or "named", name=values["name"], phone=values["phone"], facts=facts
        )


def _box(told: Field) -> forms.Field:
    label, needed = say(told.label), told.required
    if told.type == "yes_no":
        words = pack().wordings
        choices = [("", "—"), ("yes", say(words["yes"])), ("no", say(words["no"]))]
        return forms.ChoiceField(label=label, required=needed, choices=choices)
    widget = forms.DateInput({"type": "date"}) if told.type == "date" else forms.TextInput()
    return forms.CharField(label=label, required=needed, max_length=told.most or 200, widget=widget)


