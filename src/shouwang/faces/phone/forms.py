"""What the phone hands in: one report. Only the kind must be chosen; the phone fills in the rest."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from shouwang.faces.phone.grids import Grid
from shouwang.faces.templatetags.words import kind_label, site_label
from shouwang.flows.photos import Photo
from shouwang.flows.report_hazard import Report
from shouwang.policy import load

SIGN = "sign:"
MINUTE = "%Y-%m-%dT%H:%M"


class Silent(forms.FloatField):
    """A number the phone measured; one that cannot be read is left out, since nobody typed it."""

    def __init__(self, limit: float) -> None:
        super().__init__(required=False, widget=forms.HiddenInput)
        self.limit = limit

    def clean(self, value: Any) -> float | None:
        try:
            number = super().clean(value)
        except forms.ValidationError:
            return None
        return number if number is not None and abs(number) <= self.limit else None


class ReportForm(forms.Form):
    """报隐患. `taken` is when the photo was taken or the form opened; `found_at` is what somebody typed over it."""

    key = forms.CharField(max_length=64, widget=forms.HiddenInput)
    taken = forms.DateTimeField(widget=forms.HiddenInput, required=False)
    lon, lat, accuracy = Silent(180), Silent(90), Silent(100_000)
    region = forms.ChoiceField(
        label=_("Which grid?"), error_messages={
            "required": _("Choose the grid the hazard lies in."),
            "invalid_choice": _("This grid is not (any more) among yours. Choose another."),
        },
    )
    kind = forms.ChoiceField(error_messages={
        "required": _("Choose what kind of hazard it is."),
        "invalid_choice": _("This kind is no longer in use. Choose another."),
    })  # fmt: skip
    place = forms.CharField(
        label=_("House, shop or road"), max_length=120, required=False,
        help_text=_("So that somebody else finds it"),
    )  # fmt: skip
    site = forms.ChoiceField(label=_("Kind of place"), required=False, help_text=_("Decides the grade"))
    found_at = forms.DateTimeField(
        label=_("When it was seen"), required=False, input_formats=[MINUTE],
        help_text=_("Left empty, it is when the photo was taken"),
        widget=forms.DateTimeInput({"type": "datetime-local"}, format=MINUTE),
    )  # fmt: skip
    note = forms.CharField(
        label=_("What is the matter"), max_length=500, required=False, widget=forms.Textarea({"rows": 3})
    )

    def __init__(self, *args: Any, grids: list[Grid], now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pack = load(settings.PACK)
        self.now = now
        self.kinds = pack.kinds
        self.tiles = [kind for kind in pack.kinds.values() if kind.tile]
        self.ticked = {name.removeprefix(SIGN) for name in self.data if name.startswith(SIGN)}
        self._offer("region", [(grid.code, grid.name) for grid in grids])
        self._offer("kind", [(code, kind_label(code)) for code in pack.kinds])
        sites = [(code, site_label(code)) for code in pack.sites if code != "unknown"]
        self._offer("site", [("", "—"), *sites])
        self.initial |= {
            "key": str(uuid4()),
            "taken": now.isoformat(),
            "region": grids[0].code if grids else "",
        }

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def report(self, photos: tuple[Photo, ...]) -> Report:
        """The report as the flow takes it. A photo of the result says that it was fixed on the spot."""
        values = {
            name: self.cleaned_data[name] for name in ("key", "region", "kind", "place", "note", "site")
        }
        placed = self.cleaned_data["lon"] is not None and self.cleaned_data["lat"] is not None
        measured = {name: self.cleaned_data[name] for name in ("lon", "lat", "accuracy")} if placed else {}
        signs = tuple(one.id for one in self.kinds[values["kind"]].signs if self.data.get(SIGN + one.id))
        found_at = self.cleaned_data["found_at"] or self.cleaned_data["taken"] or self.now
        fixed = any(photo.purpose == "after" for photo in photos)
        return Report(**values, **measured, signs=signs, found_at=found_at, fixed=fixed, photos=photos)
