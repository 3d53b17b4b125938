"""Addresses of the phone."""

from django.urls import path

from shouwang.faces.phone import (
    alarms,
    case,
    desk,
    done,
    learn,
    likely,
    manifest,
    mine,
    package_parts,
    photos,
    report,
    stored,
    tasks,
)
from shouwang.faces.phone.group_urls import urlpatterns as groups
from shouwang.faces.phone.home_urls import urlpatterns as homes
from shouwang.faces.phone.offline import readable_offline as kept
from shouwang.faces.phone.site_urls import urlpatterns as sites

app_name = "phone"
urlpatterns = [
    *homes,
    *groups,
    *sites,
    path("", kept(report.report), name="report"),
    path("alarms/", kept(alarms.alarms), name="alarms"),
    path("alarms/<uuid:alarm_id>/", kept(alarms.alarm), name="alarm"),
    path("similar/", likely.similar, name="similar"),
    path("join/", likely.join, name="join"),
    path("done/<uuid:case_id>/", kept(done.done), name="done"),
    path("mine/", kept(mine.mine), name="mine"),
    path("learn/", kept(learn.learn), name="learn"),
    path("learn/quiz/", kept(learn.learn), name="quizzes"),
    path("learn/quiz/<slug:name>/", kept(learn.quiz), name="quiz"),
    path("learn/<slug:name>/", kept(learn.lesson), name="lesson"),
    path("tasks/", kept(tasks.mine), name="tasks"),
    path("tasks/<uuid:task_id>/", kept(tasks.task), name="task"),
    path("case/<uuid:case_id>/", kept(case.case), name="case"),
    path("case/<uuid:case_id>/acts/<slug:name>/", case.act, name="act"),
    path("case/<uuid:case_id>/musters/<uuid:muster_id>/<slug:name>/", case.turn, name="turn"),
    path("held/<str:slip>/", photos.held, name="held"),
    path("desk/", desk.desk, name="desk"),
    path("app/<str:code>.webmanifest", manifest.manifest, name="manifest"),
    path("kept/", kept(stored.stored), name="stored"),
    path("package/", package_parts.package, name="package"),
    path("worker.js", desk.worker, name="worker"),
    path("away/", desk.away, name="away"),
]
