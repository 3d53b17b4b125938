"""A table of homes: only where one keeps the register, once however often it comes, and news once a person is gone."""

from dataclasses import replace

import pytest

from shouwang.domains.households.models import Home, Resident
from shouwang.domains.ledger.idempotency import KeyReused
from shouwang.domains.ledger.models import Key
from shouwang.flows.households_sight import hint
from shouwang.flows.import_homes import import_homes
from shouwang.flows.refusal import Refused, Unfit
from shouwang.flows.register_home import register_home
from shouwang.flows.register_person import register_person, take_off
from shouwang.kernel.digest import seal
from tests.cast import GRID, NEXT_GRID
from tests.flows.records_story import HOUR, MORNING
from tests.flows.test_households import CUI, FRAIL, HOUSE, SAYS, SITE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_home")]
BARE = {"mark": "5-1", "building": "", "number": "林业街1号", "kind": SITE}
ROW = {**BARE, "group": FRAIL, "consent": "separate", **SAYS}


def standing():
    return list(Resident.objects.filter(home__isnull=False))


def test_what_is_kept_to_know_a_request_again_lets_nobody_try_names_out(cast, settings):
    liming = cast["liming"]
    found = register_home(liming, HOUSE, now=MORNING)
    register_person(liming, found, CUI, now=MORNING)
    import_homes(liming, GRID, [ROW], now=MORNING)
    bare = seal(b"row", {"region": GRID, **ROW}).hex()[:60]
    assert not Key.objects.filter(key__endswith=bare).exists() and Key.objects.filter(key__startswith="p").exists()
    settings.SECRET_KEY = "another house"  # noqa: S105 - nobody's
    with pytest.raises(KeyReused):
        register_person(liming, found, CUI, now=MORNING)
    with pytest.raises(KeyReused):
        register_home(liming, HOUSE, now=MORNING)


def test_where_one_keeps_no_register_no_row_is_looked_up(cast):
    import_homes(cast["sunyulan"], NEXT_GRID, [BARE], now=MORNING)
    for rows in ([{"mark": "5-1"}], [{"mark": "no such"}], [ROW]):
        with pytest.raises(Refused):
            import_homes(cast["liming"], NEXT_GRID, rows, now=MORNING)
    for region in ("\0", "", "moon"):
        with pytest.raises(Unfit):
            import_homes(cast["liming"], region, [BARE], now=MORNING)
    taken, refused = import_homes(cast["liming"], GRID, [{**BARE, "mark": "a\0b"}], now=MORNING)
    assert taken == 0 and set(refused[0].faults) == {"mark"}


def test_a_person_taken_off_is_news_again_and_enters_once(cast):
    liming, chief = cast["liming"], cast["piaoyingshun"]
    for hours, actor in enumerate((liming, liming, chief)):
        at = MORNING + hours * HOUR
        assert import_homes(actor, GRID, [ROW], now=at) == (1, []) and len(standing()) == 1
        assert import_homes(actor, GRID, [ROW], now=at) == (1, []) and len(standing()) == 1
        take_off(liming, standing()[0].id, now=at)
    assert Resident.objects.count() == 3 and Home.objects.count() == 1


def test_a_row_that_somebody_else_brought_in_comes_back_with_the_reason(cast):
    import_homes(cast["liming"], GRID, [ROW], now=MORNING)
    taken, refused = import_homes(cast["piaoyingshun"], GRID, [ROW], now=MORNING)
    assert taken == 0 and refused[0].row == 0 and all(refused[0].faults.values())
    assert len(standing()) == 1


@pytest.mark.parametrize("key", ["", "k" * 65, "k\0"])
def test_a_key_that_cannot_be_kept_is_refused(cast, key):
    with pytest.raises(Unfit) as unfit:
        register_home(cast["liming"], replace(HOUSE, key=key), now=MORNING)
    assert set(unfit.value.fields) == {"key"}
    found = register_home(cast["liming"], HOUSE, now=MORNING)
    with pytest.raises(Unfit) as unfit:
        register_person(cast["liming"], found, replace(CUI, key=key), now=MORNING)
    assert set(unfit.value.fields) == {"key"}


@pytest.mark.parametrize(("value", "shown"), [("13904331234", "••••34"), ("3-17", "＊＊＊"), ("12", "＊＊＊"),
                                              ("崔福顺", "崔＊＊"), ("崔", "＊＊＊"), ("hi", "＊＊＊")])  # fmt: skip
def test_what_is_short_is_never_shown_whole(value, shown):
    assert hint(value) == shown
