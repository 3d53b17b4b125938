"""Whoever follows signals is killed with -9 again and again: no alarm is raised twice, none is missed."""

import os
import random
import signal
import subprocess
import sys
import time

import pytest

from shouwang.domains.alarms.models import Alarm, Pulse
from shouwang.domains.devices.queries import last_position
from shouwang.domains.ledger.queries import reached
from shouwang.domains.ledger.services import seal_and_fold
from shouwang.domains.ledger.verifying import verify
from shouwang.flows.signal_lanes import READER
from tests.alarm_story import FIRE, component, fit, say
from tests.cast import COUNTY
from tests.faces.test_live_page import database
from tests.flows.records_story import MORNING, settle_areas

FOLLOWER = """
import django; django.setup()
from django.utils import timezone
from shouwang.flows.follow_signals import follow
while True:
    follow(county=%r, limit=7, now=timezone.now())
    print("followed", flush=True)
"""
DEVICES, ROUNDS, PARTS, DEATHS = 4, 40, 10, 3


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_follower_that_is_killed_raises_nothing_twice_and_misses_nothing():
    settle_areas()
    devices = [fit(str(900 + number), at=MORNING) for number in range(DEVICES)]
    dice, at = random.Random(7), MORNING
    for turn in range(ROUNDS):
        say(devices[turn % DEVICES], *(component(FIRE, number=n, at=at) for n in range(PARTS)), at=at)
    environment = {
        **os.environ, "SHOUWANG_DATABASE_URL": database(), "DJANGO_SETTINGS_MODULE": "shouwang.config.settings",
    }  # fmt: skip
    killed_at = []
    for death in range(DEATHS + 1):
        words = [sys.executable, "-c", FOLLOWER % COUNTY]
        child = subprocess.Popen(words, env=environment, stdout=subprocess.PIPE)
        child.stdout.readline()
        if death == DEATHS:
            _wait()
        else:
            time.sleep(dice.uniform(0.0, 0.06))
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
        killed_at.append(reached(COUNTY, READER) or 0)
    assert len(set(killed_at)) >= 3, f"it was never killed in the middle: {killed_at}"
    assert Alarm.objects.count() == DEVICES * PARTS
    assert {one.rings for one in Pulse.objects.all()} == {ROUNDS // DEVICES}
    seal_and_fold(now=MORNING)
    assert verify(COUNTY).faults == []


def _wait() -> None:
    until = time.monotonic() + 30
    while reached(COUNTY, READER) != last_position(COUNTY):
        assert time.monotonic() < until, "the last one does not come to the end"
        time.sleep(0.02)
