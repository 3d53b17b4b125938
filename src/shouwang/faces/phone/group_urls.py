"""Addresses of groups of neighbours on the phone (邻里小组)."""

from django.urls import path

from shouwang.faces.phone import calls, groups
from shouwang.faces.phone.offline import readable_offline as kept

urlpatterns = [
    path("groups/", groups.listed, name="groups"),
    path("groups/new/", kept(groups.new), name="group_new"),
    path("groups/<uuid:group_id>/", groups.group, name="group"),
    path("groups/<uuid:group_id>/members/", groups.join, name="group_join"),
    path("groups/<uuid:group_id>/members/<uuid:member_id>/", groups.out, name="group_out"),
    path("groups/<uuid:group_id>/check/", groups.check, name="group_check"),
    path("groups/<uuid:group_id>/drill/", groups.drill, name="group_drill"),
    path("groups/<uuid:group_id>/call/", kept(calls.make), name="group_call"),
    path("calls/<uuid:call_id>/", calls.call, name="call"),
    path("calls/<uuid:call_id>/answer/", calls.answer, name="call_answer"),
    path("calls/<uuid:call_id>/over/", calls.over, name="call_over"),
]
