"""What the office hands in: a new hazard, and what an act brings with it."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from shouwang.faces.templatetags.words import kind_label, site_label
from shouwang.flows.advance_hazard import Move
from shouwang.flows.report_hazard import Photo
from shouwang.flows.whistle import Whistle
from shouwang.policy import load


def photos(request: HttpRequest, name: str, purpose: str) -> tuple[Photo, ...]:
    files: list[UploadedFile] = list(request.FILES.getlist(name))
    return tuple(Photo(data=file.read(), purpose=purpose) for file in files)


def version_of(request: HttpRequest) -> int | None:
    """The version somebody looked at; None for what is no number."""
    version = request.POST.get("version", "")
    return int(version) if version.isascii() and version.isdigit() else None


def read_whistle(request: HttpRequest) -> Whistle:
    return Whistle(
        departments=request.POST.getlist("departments"),
        need=request.POST.get("note", "").strip(),
        version=version_of(request),
    )


def read_move(request: HttpRequest, act: str) -> Move:
    return Move(
        act=act,
        version=version_of(request),
        note=request.POST.get("note", "").strip(),
        photos=photos(request, "after", "before" if act == "dispute" else "after"),
        elder=request.POST.get("elder", "").strip(),
        department=request.POST.get("department", ""),
    )


class MomentInput(forms.DateTimeInput):
    input_type = "datetime-local"


class ReportForm(forms.Form):
    """登记隐患: what somebody came in to tell; nothing is asked that grading and finding do not need."""

    key = forms.CharField(max_length=64, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("Kind of hazard"))
    region = forms.ChoiceField(label=_("Where"))
    place = forms.CharField(
        label=_("House, shop or road"), max_length=120, help_text=_("So that somebody else finds it")
    )
    site = forms.ChoiceField(label=_("Kind of place"), required=False, help_text=_("Decides the grade"))
    signs = forms.MultipleChoiceField(required=False)
    note = forms.CharField(
        label=_("What is the matter"), max_length=500, required=False, widget=forms.Textarea({"rows": 3})
    )
    found_at = forms.DateTimeField(
        label=_("When it was seen"),
        widget=MomentInput(format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M"],
    )

    def signs_of_kind(self) -> tuple[str, ...]:
        """Those ticked that belong to the kind that was chosen in the end."""
        kind = load(settings.PACK).kinds[self.cleaned_data["kind"]]
        ticked = self.cleaned_data["signs"]
        return tuple(one.id for one in kind.signs if one.id in ticked)

    def __init__(self, *args: Any, regions: list[tuple[str, str]], now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pack = load(settings.PACK)
        self.fields["region"].choices = regions  # type: ignore[attr-defined]
        self.fields["kind"].choices = [(code, kind_label(code)) for code in pack.kinds]  # type: ignore[attr-defined]
        self.fields["site"].choices = [  # type: ignore[attr-defined]
            ("", "—"),
            *((code, site_label(code)) for code in pack.sites if code != "unknown"),
        ]
        self.kinds = [kind for kind in pack.kinds.values() if kind.signs]
        self.fields["signs"].choices = [  # type: ignore[attr-defined]
            (one.id, one.id) for kind in self.kinds for one in kind.signs
        ]
        self.ticked = self.data.getlist("signs") if isinstance(self.data, QueryDict) else []
        self.initial.setdefault("key", str(uuid4()))
        self.initial.setdefault("found_at", timezone.localtime(now))
