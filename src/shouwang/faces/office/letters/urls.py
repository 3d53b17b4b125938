"""Addresses of the letters."""

from django.urls import path

from shouwang.faces.office.letters import acting, detail, drafting, listing

urlpatterns = [
    path("", listing.letters, name="letter_list"),
    path("new/", drafting.new, name="new_letter"),
    path("<uuid:letter_id>/", detail.letter, name="letter"),
    path("<uuid:letter_id>/print/", detail.printed, name="letter_print"),
    path("<uuid:letter_id>.docx", detail.word, name="letter_word"),
    path("<uuid:letter_id>/revise/", drafting.revise, name="revise_letter"),
    path("<uuid:letter_id>/acts/<slug:name>/", acting.act, name="letter_act"),
]
