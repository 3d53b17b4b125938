"""`shouwang policy values`: what a county is judged by, as somebody at the keyboard meets it."""

import json
from dataclasses import replace

import pytest
from click.testing import CliRunner
from django.utils import timezone

from shouwang.config.commands.policy import policy
from shouwang.flows.adopt_values import adopt_values
from tests.cast import COUNTY
from tests.flows.adoption_story import GENERAL, SHEET

pytestmark = pytest.mark.django_db


def run(*words, code=0):
    result = CliRunner().invoke(policy, ["values", *words])
    assert result.exit_code == code, result.output
    return result.output


def test_every_value_in_force_with_where_it_comes_from_and_who_gives_the_rest(cast):
    today = timezone.localdate().isoformat()
    sheet = replace(SHEET, signed_on=today, effective_from=today, values={GENERAL: "3"})
    adopt_values(cast["hanxue"], sheet, now=timezone.now())
    told = json.loads(run("--county", COUNTY, "--json"))
    found = {one["parameter"]: one for one in told["values"]}
    assert (found[GENERAL]["provenance"], found[GENERAL]["value"], found[GENERAL]["signer"]) == (
        "local",
        3,
        "郭强",
    )
    assert "+" in told["pack"]
    lines = run("--county", COUNTY).splitlines()
    assert any(line.startswith("local") and "敦消委办〔2026〕5号" in line for line in lines)
    assert any(line.startswith("unset") and "for county_office" in line for line in lines)
    assert json.loads(run("--county", "222401", "--json"))["pack"] == told["pack"].partition("+")[0]


def test_an_older_day_is_asked_for_and_a_bad_code_refused(cast):
    found = json.loads(run("--county", COUNTY, "--on", "2025-10-31", "--json"))
    assert found["on"] == "2025-10-31"
    assert "is not the code of a county" in run("--county", "222403001", code=2)
