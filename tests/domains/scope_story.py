"""Random prefectures for the leak test: cases anywhere, posts of any kind, summonses of any department."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import strategies as st

from shouwang.domains.hazards.models import Case, Summons
from shouwang.domains.ledger.minting import salt
from shouwang.domains.people.actor import Actor, HeldPost
from shouwang.kernel.codes import case_code, county_of, covers
from shouwang.kernel.ids import uuid7
from shouwang.policy import load

PACK = load("yanbian-2023")
NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
COUNTIES = ("222401", "222403")
TOWNSHIPS = tuple(f"{c}{t}" for c in COUNTIES for t in ("001", "100"))
VILLAGES = tuple(f"{t}{v}" for t in TOWNSHIPS for v in ("001", "200"))
GRIDS = tuple(f"{v}{g}" for v in VILLAGES for g in ("001", "002"))
AREAS = ("222400", *COUNTIES, *TOWNSHIPS, *VILLAGES, *GRIDS)
DEPARTMENTS = ("fire_station", "housing", "police", "committee_office", "grid")
PEOPLE = tuple(uuid7(NOON, bytes([n] * 10)) for n in range(4))

posts = st.builds(
    lambda kind, department, territory: HeldPost(
        id=PEOPLE[0], kind=kind, department=department, region=territory[0], territory=tuple(territory)
    ),
    st.sampled_from(sorted(PACK.posts)),
    st.sampled_from(("", *DEPARTMENTS)),
    st.lists(st.sampled_from(AREAS), min_size=1, max_size=3, unique=True),
)
actors = st.builds(
    lambda person, held: Actor(id=person, county="222401", name="x", posts=tuple(held)),
    st.sampled_from(PEOPLE),
    st.lists(posts, max_size=3),
)


@st.composite
def cases(draw: st.DrawFn) -> list[tuple[Case, list[Summons]]]:
    found = []
    for number in range(draw(st.integers(1, 12))):
        region = draw(st.sampled_from((*VILLAGES, *GRIDS)))
        case = _case(number, region, draw)
        called = draw(st.lists(st.sampled_from(DEPARTMENTS), max_size=2, unique=True))
        bodies = [draw(st.sampled_from((region[:6], region[:9]))) for _ in called]
        found.append((case, [_summons(case, *pair) for pair in zip(called, bodies, strict=True)]))
    return found


def _case(number: int, region: str, draw: st.DrawFn) -> Case:
    at = NOON - timedelta(minutes=number)
    case_id = uuid7(at, number.to_bytes(10, "big"))
    body = draw(st.sampled_from((region[:6], region[:9], region)))
    return Case(
        id=case_id,
        county=county_of(region),
        region=region,
        salt=salt(),
        code=case_code(county_of(region), case_id),
        kind="wiring",
        grade="general",
        state="assigned",
        channel="patrol",
        reporter=draw(st.sampled_from((None, *PEOPLE))),
        department=draw(st.sampled_from(DEPARTMENTS)),
        body=body,
        found_at=at,
        reported_at=at,
        due_at=at + timedelta(days=number % 3),
    )


def _summons(case: Case, department: str, body: str) -> Summons:
    made = uuid7(NOON, (hash((str(case.id), department)) % 2**64).to_bytes(10, "big"))
    return Summons(
        id=made, county=case.county, region=case.region, salt=salt(), line=made, case=case,
        department=department, body=body, at=NOON,
    )  # fmt: skip


def may_see(actor: Actor, case: Case, summonses: list[Summons]) -> bool:
    """The rule in plain words, written a second time on purpose."""
    if case.reporter == actor.id and any(
        case.county == county_of(area) for post in actor.posts for area in post.territory
    ):
        return True
    given = [(case.department, case.body), *((s.department, s.body) for s in summonses)]
    for post in actor.posts:
        kind = PACK.posts[post.kind]
        if "hazards.see" in kind.actions and not kind.only_own:
            if any(covers(area, case.region) for area in post.territory):
                return True
        for department, body in given:
            if department == post.department and any(covers(area, body) for area in post.territory):
                return True
    return False


def seen_by(actor: Actor, world: list[tuple[Case, list[Summons]]]) -> set[UUID]:
    return {case.id for case, summonses in world if may_see(actor, case, summonses)}
