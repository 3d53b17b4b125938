"""Lessons for anybody, without an account: nothing is kept of who reads or answers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from shouwang.faces.lessons import lesson_answered, lesson_fresh, lesson_list, lesson_opened
from shouwang.faces.manual_sheets import pack_asked


def lessons(request: HttpRequest) -> HttpResponse:
    found = lesson_list(pack_asked(request), None, on=timezone.localdate())
    return render(request, "public/lessons.html", {"lessons": found})


def lesson(request: HttpRequest, name: str) -> HttpResponse:
    found = lesson_opened(pack_asked(request), name)
    said = (
        lesson_answered(found, request.POST, actor=None, now=timezone.now())
        if request.method == "POST"
        else lesson_fresh(found)
    )
    return render(request, "public/lesson.html", dict(said))
