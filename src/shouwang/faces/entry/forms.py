"""What is asked at the entry."""

from django import forms
from django.utils.translation import gettext_lazy as _

from shouwang.flows.refusal import Unfit

LONGEST = 128


def _password(label: str, autocomplete: str) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete, "maxlength": LONGEST})
    return forms.CharField(label=label, widget=widget, strip=False, max_length=LONGEST)


def _code(**more: object) -> forms.CharField:
    attrs = {"autocomplete": "one-time-code", "inputmode": "numeric", "pattern": "[0-9 ]*", **more}
    return forms.CharField(
        label=_("Six-digit code"),
        help_text=_("From the authenticator app on your phone."),
        widget=forms.TextInput(attrs=attrs),
        max_length=10,
    )


class SignInForm(forms.Form):
    login = forms.CharField(
        label=_("Login"),
        max_length=70,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "autofocus": True}
        ),
    )
    password = _password(_("Password"), "current-password")


class CodeForm(forms.Form):
    code = _code(autofocus=True)


class EnrolForm(forms.Form):
    """The picture stands above the field: the page does not jump past it."""

    sealed = forms.CharField(widget=forms.HiddenInput, max_length=300)
    code = _code()


class PasswordForm(forms.Form):
    old = _password(_("Present password"), "current-password")
    new = _password(_("New password"), "new-password")
    again = _password(_("New password again"), "new-password")

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if "new" in self.cleaned_data and again != self.cleaned_data["new"]:
            raise forms.ValidationError(_("The two are not the same."))
        return again


def tell(form: forms.Form, unfit: Unfit) -> None:
    """Put each reason beside its field."""
    for name, words in unfit.fields.items():
        form.add_error(name if name in form.fields else None, words)
