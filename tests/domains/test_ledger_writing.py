"""What is written is what was meant, whatever was typed; and an act is there whole or not at all."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shouwang.domains.hazards.models import Case, Transition
from shouwang.domains.hazards.services import open_case
from shouwang.domains.ledger.digests import digest_of
from shouwang.domains.ledger.idempotency import key_row
from shouwang.domains.ledger.models import Delta, Evidence, Key, Line
from shouwang.domains.people.models import Person
from shouwang.domains.people.services import By, appoint, enrol_person
from tests.cast import COUNTY, GRID
from tests.domains.ledger_story import NOON, new_case, step

BY = By(actor=None, post="security_admin", pack="yanbian-2023 test")
# A database holds neither NUL nor half a character; the flows refuse both by field.
texts = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=120)
degrees = st.none() | st.floats(-180, 180, allow_nan=False)
moments = st.datetimes(datetime(2004, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))


class _Undo(Exception):
    """Ends an example so that its rows are rolled back."""


@pytest.mark.django_db
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=texts, note=texts, lon=degrees, lat=degrees, found_at=moments, provisional=st.booleans())
def test_a_case_reads_back_as_it_was_written(place, note, lon, lat, found_at, provisional):
    case = new_case()
    case.place, case.note, case.lon, case.lat = place, note, lon, lat
    case.found_at, case.due_provisional = found_at, provisional
    with pytest.raises(_Undo), transaction.atomic():
        open_case(case, step("report", "", "assigned"))
        kept = Case.objects.get(pk=case.pk)
        assert (kept.place, kept.note, kept.lon, kept.lat) == (place, note, lon, lat)
        assert (kept.found_at, kept.due_provisional, bytes(kept.salt)) == (found_at, provisional, case.salt)
        assert digest_of(kept) == digest_of(case) == bytes(Line.objects.get(object=case.id).after)
        raise _Undo


@pytest.mark.django_db
def test_areas_days_and_what_is_missing_read_back_too():
    person = enrol_person(login="liming", name="李明", region="222403001", by=BY, at=NOON)
    post = appoint(
        person, kind="police_officer", department="police", region="222403001", by=BY, at=NOON,
        territory=["222403001", "222403002003"], since=date(2026, 1, 1),
    )  # fmt: skip
    kept = type(post).objects.get(pk=post.pk)
    assert (kept.territory, kept.since, kept.until) == (["222403001", "222403002003"], date(2026, 1, 1), None)
    assert (kept.person_id, bytes(Person.objects.get(pk=person.pk).totp)) == (person.id, b"")
    assert digest_of(kept) == digest_of(post)


@pytest.mark.django_db
def test_facts_of_evidence_keep_their_kinds():
    open_case(new_case(), step("report", "", "assigned"))
    facts = Evidence.objects.get(kind="hazard.assigned").facts
    assert (facts["kind"], facts["department"]) == ("exit_blocked", "fire_station")


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_an_act_is_one_statement(django_assert_num_queries):
    with django_assert_num_queries(1):
        open_case(new_case(), step("report", "", "assigned"))
    assert (Line.objects.count(), Evidence.objects.count(), Delta.objects.count()) == (1, 2, 2)


@pytest.mark.django_db(transaction=True)
def test_a_key_sent_before_leaves_nothing_of_the_second_act():
    for again in (False, True):
        case = new_case()
        key = key_row("k-1", region=case.region, actor=None, fingerprint=b"f", object_id=case.id, at=NOON)
        if again:
            with pytest.raises(IntegrityError):
                open_case(case, step("report", "", "assigned"), also=[key])
        else:
            open_case(case, step("report", "", "assigned"), also=[key])
    assert (Case.objects.count(), Line.objects.count(), Evidence.objects.count()) == (1, 1, 2)


@pytest.mark.parametrize("model", [Case, Transition, Line, Evidence, Delta, Key])
def test_a_fresh_row_is_the_row_that_calling_its_class_makes(model):
    given = {"id": uuid4(), "county": COUNTY, "region": GRID}
    called, fresh = model(**given), model.fresh(**given)
    names = [field.attname for field in model._meta.concrete_fields if not field.generated]
    assert {name: getattr(fresh, name) for name in names} == {name: getattr(called, name) for name in names}
    assert fresh._state.adding and fresh._state.db is None and fresh == called
    with pytest.raises(TypeError, match="has no regoin"):
        model.fresh(**given, regoin=GRID)


def test_no_two_fresh_rows_share_what_can_change():
    one, other = Case.fresh(id=uuid4()), Case.fresh(id=uuid4())
    one.facts["signs"] = ["smoke"]
    assert other.facts == {} == Case.fresh(id=uuid4()).facts
