"""Addresses of the entry."""

from django.urls import path

from shouwang.faces.entry import account, from_outside, signing_in, steps

app_name = "entry"
urlpatterns = [
    path("", signing_in.sign_in, name="sign_in"),
    path("out/", signing_in.sign_out, name="sign_out"),
    path("code/", steps.code, name="code"),
    path("enrol/", steps.enrol, name="enrol"),
    path("password/", steps.password, name="password"),
    path("account/", account.account, name="account"),
    path("account/phone/", account.phone, name="phone"),
    path("oidc/", from_outside.oidc_start, name="oidc"),
    path("oidc/back/", from_outside.oidc_back, name="oidc_back"),
    path("ticket/", from_outside.ticket, name="ticket"),
]
