"""The stage of the adoption sheet: before anything happened, and with a week of hazards judged."""

from dataclasses import replace
from datetime import timedelta

from django.utils import timezone

from shouwang.domains.people.actor import Actor
from tests.faces.stage import Stage, bring_in_the_areas, owing_long, play
from tests.snapshot import once

YANJI = "222401"


def small(cast: dict[str, Actor]) -> Stage:
    """The areas and the cast; nothing has happened yet."""
    def build() -> Stage:
        now = timezone.now()
        bring_in_the_areas(now - timedelta(days=90))
        return Stage(cast, {}, now)

    return once(("small", cast["liming"].id), build)


def lived(cast: dict[str, Actor]) -> Stage:
    """With a week of hazards, judged."""
    def build() -> Stage:
        stage = small(cast)
        return owing_long(replace(stage, cases=play(cast, stage.now)))

    return once(("lived", cast["liming"].id), build)
