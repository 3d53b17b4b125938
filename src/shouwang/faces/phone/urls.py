"""Addresses of the phone."""

from django.urls import path

from shouwang.faces.phone import case, desk, done, learn, likely, manifest, mine, photos, report, tasks

app_name = "phone"
urlpatterns = [
    path("", report.report, name="report"),
    path("similar/", likely.similar, name="similar"),
    path("join/", likely.join, name="join"),
    path("done/<uuid:case_id>/", done.done, name="done"),
    path("mine/", mine.mine, name="mine"),
    path("learn/", learn.learn, name="learn"),
    path("learn/quiz/", learn.learn, name="quizzes"),
    path("learn/quiz/<slug:name>/", learn.quiz, name="quiz"),
    path("learn/<slug:name>/", learn.lesson, name="lesson"),
    path("tasks/", tasks.mine, name="tasks"),
    path("tasks/<uuid:task_id>/", tasks.task, name="task"),
    path("case/<uuid:case_id>/", case.case, name="case"),
    path("case/<uuid:case_id>/acts/<slug:name>/", case.act, name="act"),
    path("case/<uuid:case_id>/musters/<uuid:muster_id>/<slug:name>/", case.turn, name="turn"),
    path("held/<str:slip>/", photos.held, name="held"),
    path("desk/", desk.desk, name="desk"),
    path("app/<str:code>.webmanifest", manifest.manifest, name="manifest"),
    path("worker.js", desk.worker, name="worker"),
    path("away/", desk.away, name="away"),
]
