"""Addresses of places on the phone (场所)."""

from django.urls import path

from shouwang.faces.phone import site_acts, sites, visits
from shouwang.faces.phone.offline import readable_offline as kept

urlpatterns = [
    path("sites/", sites.listed, name="sites"),
    path("sites/new/", kept(sites.new), name="site_new"),
    path("sites/codes.pdf", sites.sheet, name="site_sheet"),
    path("sites/<uuid:site_id>/", sites.site, name="site"),
    path("sites/<uuid:site_id>/patrol/", kept(visits.site_patrol), name="site_patrol"),
    path("sites/<uuid:site_id>/verify/", sites.verify, name="site_verify"),
    path("sites/<uuid:site_id>/amend/", site_acts.amend, name="site_amend"),
    path("sites/<uuid:site_id>/close/", site_acts.close, name="site_close"),
    path("sites/<uuid:site_id>/code/", sites.renew, name="site_renew"),
]
