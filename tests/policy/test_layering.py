"""Values of a place: county over prefecture over the pack, each from its own day; an old day keeps its old value."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from shouwang.policy import Value, load
from shouwang.policy.layering import Local, layered
from shouwang.policy.local_pack import local_pack

PACK = load()
NAME, DECIDED = "hazard.general.workdays", "hazard.recheck.workdays"
FIRST = date(2026, 1, 1)
days = st.integers(0, 60).map(lambda n: FIRST + timedelta(days=n))


def local(value, since, until=None):
    signed = {"signer": "金哲洙", "signed_on": FIRST, "source": f"延州消委办〔2026〕{value}号"}
    return Local(Value(provenance="local", value=value, since=since, **signed), until)


def sheet(pack, *layers, name=NAME, on=FIRST + timedelta(days=100)):
    return local_pack(pack, {name: layers}, on=on)


locals_ = st.builds(
    lambda value, since, lasts: local(value, since, None if lasts is None else since + timedelta(days=lasts)),
    st.integers(1, 20),
    days,
    st.none() | st.integers(0, 30),
)
layers = st.lists(st.lists(locals_, max_size=4), min_size=1, max_size=2)


def standing(shipped, given_, day):
    """The rule in plain words, written a second time on purpose."""
    for layer in reversed(given_):
        alive = [one for one in layer if one.value.since <= day and (one.until is None or day < one.until)]
        if alive:
            newest = max(one.value.since for one in alive)
            return [one.value.value for one in alive if one.value.since == newest][-1]
    return shipped.on(day).value


@given(layers, days)
def test_on_every_day_the_nearest_office_decides_by_its_newest_sheet(given_, day):
    pack = sheet(PACK, *given_)
    assert pack.value(NAME, on=day).value == standing(PACK.parameters[NAME], given_, day)


@given(layers, locals_, days)
def test_a_later_sheet_leaves_the_days_before_it_alone(given_, later, day):
    before, after = sheet(PACK, *given_), sheet(PACK, *given_[:-1], [*given_[-1], later])
    if day < later.value.since:
        assert after.value(NAME, on=day) == before.value(NAME, on=day)


@given(layers)
def test_adopting_the_same_twice_changes_nothing(given_):
    once, twice = sheet(PACK, *given_), sheet(PACK, *([*layer, *layer] for layer in given_))
    assert once.version == twice.version
    assert once.parameters[NAME].values == twice.parameters[NAME].values


@given(layers, days)
def test_no_office_stands_over_a_standard(given_, day):
    pack = sheet(PACK, *given_, name=DECIDED)
    assert pack.value(DECIDED, on=day).provenance == "standard"


def test_the_county_stands_over_its_prefecture_whoever_was_later():
    pack = sheet(PACK, [local(9, date(2026, 3, 1))], [local(3, date(2026, 2, 1))])
    values = [pack.value(NAME, on=date(2026, month, 15)).value for month in (1, 2, 3)]
    assert values == [5, 3, 3]


def test_taken_back_the_earlier_value_stands_again_from_that_day():
    pack = sheet(PACK, [local(9, date(2026, 2, 1))], [local(3, date(2026, 3, 1), until=date(2026, 4, 1))])
    found = [pack.value(NAME, on=date(2026, month, 1)) for month in (1, 2, 3, 4)]
    assert [one.value for one in found] == [5, 9, 3, 9]
    assert found[3].since == date(2026, 4, 1)


def test_a_standard_issued_later_takes_over_from_its_own_day():
    shipped = (
        Value(provenance="default", value=5, since=date(2023, 2, 24)),
        Value(provenance="standard", value=7, source="GB 1-2026", mark="H", since=date(2026, 6, 1)),
    )
    found = layered(shipped, [[local(3, date(2026, 2, 1))]])
    assert [(one.value, one.since) for one in found] == [
        (5, date(2023, 2, 24)), (3, date(2026, 2, 1)), (7, date(2026, 6, 1)),
    ]  # fmt: skip


def test_the_version_tells_packs_of_different_places_apart_and_fits_a_line():
    one = sheet(PACK, [local(3, FIRST)])
    other = sheet(PACK, [local(4, FIRST)])
    assert len({PACK.version, one.version, other.version}) == 3
    assert one.version.startswith(f"{PACK.version}+") and len(one.version) <= 60
    assert sheet(PACK, []).version == PACK.version


def test_the_version_changes_on_the_day_a_value_begins_to_stand():
    ahead = [local(3, date(2026, 3, 1))]
    versions = {
        day: sheet(PACK, ahead, on=date(2026, *day)).version for day in ((2, 27), (2, 28), (3, 1), (3, 2))
    }
    assert versions[2, 27] == versions[2, 28] != versions[3, 1] == versions[3, 2]
