"""Who may do what with a record (台账办理权限): enter, amend, confirm, send back, withdraw; each no says why."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, TypeVar

from shouwang.kernel.codes import covers, level_of
from shouwang.kernel.decision import Decision, Reason
from shouwang.policy import Pack
from shouwang.policy.record_shapes import RecordType
from shouwang.rules.scope import HeldPost

Act = Literal["amend", "attach", "confirm", "return", "withdraw", "unmask"]
ENTER, VERIFY = "records.enter", "records.verify"
IN_FORCE = ("entered", "confirmed", "returned")
FROM: Mapping[Act, tuple[str, ...]] = {
    "amend": IN_FORCE,
    "attach": IN_FORCE,
    "confirm": ("entered",),
    "return": ("entered", "confirmed"),
    "withdraw": IN_FORCE,
    "unmask": (*IN_FORCE, "withdrawn"),
}
VERIFIERS = ("confirm", "return")
P = TypeVar("P", bound="Seated")


class Seated(HeldPost, Protocol):
    """A post held now, as a scope sees it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a record stands when somebody wants to act on it; `authors` said what it says now."""

    region: str
    state: str
    authors: tuple[str, ...]
    lacking: bool = False


def entering_post(pack: Pack, one: RecordType, posts: Iterable[P], region: str) -> P | None:
    """The post by which a person enters such records of a body: the one nearest to it."""
    return _nearest(pack, posts, region, kinds=one.enters, action=ENTER)


def verifying_post(pack: Pack, one: RecordType, posts: Iterable[P], region: str) -> P | None:
    return _nearest(pack, posts, region, kinds=one.verifies, action=VERIFY)


def enters_somewhere(pack: Pack, one: RecordType, posts: Iterable[HeldPost]) -> bool:
    return any(post.kind in one.enters and _allows(pack, post, ENTER) and post.territory for post in posts)


def verifying_somewhere(pack: Pack, one: RecordType, posts: Iterable[HeldPost]) -> bool:
    return any(post.kind in one.verifies and _allows(pack, post, VERIFY) and post.territory for post in posts)


def may_enter(
    pack: Pack, one: RecordType, posts: Sequence[HeldPost], *, region: str, kind: str
) -> Decision[bool]:
    """Whether a person may enter a record of the body `region`, an area of `kind`."""
    if level_of(region) not in one.levels or (one.kinds and kind not in one.kinds):
        return Decision(False, (Reason("not_kept_here", {"record": one.id}),), (one.row,))
    if entering_post(pack, one, posts, region) is not None:
        return Decision(True, (Reason("held", {"action": ENTER}),), (pack.actions[ENTER],))
    code = "body_outside" if enters_somewhere(pack, one, posts) else "not_entered_by_you"
    return Decision(False, (Reason(code, {"record": one.id}),), (one.row,))


def is_kept_here(judged: Decision[bool]) -> bool:
    """Whether such records are kept of the body at all, whoever enters them."""
    return all(reason.code != "not_kept_here" for reason in judged.reasons)


def may_act(
    pack: Pack,
    one: RecordType,
    act: Act,
    posts: Sequence[HeldPost],
    *,
    actor: str,
    standing: Standing,
    note: str,
) -> Decision[bool]:
    """Whether a person may do this to a record now, with everything that stands against it."""
    reasons = list(_against(pack, one, act, posts, actor=actor, standing=standing, note=note))
    clauses = (one.row, pack.actions[VERIFY]) if act in VERIFIERS else (one.row,)
    return Decision(not reasons, tuple(reasons) or (Reason("allowed"),), clauses)


def _against(
    pack: Pack,
    one: RecordType,
    act: Act,
    posts: Sequence[HeldPost],
    *,
    actor: str,
    standing: Standing,
    note: str,
) -> Iterable[Reason]:
    if standing.state not in FROM[act] or (act in VERIFIERS and not one.verifies):
        yield Reason("no_such_record_step", {"record_state": standing.state})
        return
    if acting_post(pack, one, act, posts, standing.region) is None:
        yield Reason("not_held", {"action": VERIFY if act in VERIFIERS else ENTER})
    if act in VERIFIERS and actor in standing.authors:
        yield Reason("same_author")
    if act == "confirm" and standing.lacking:
        yield Reason("papers_lacking")
    if act in ("return", "withdraw", "unmask") and len(note.strip()) < 2:
        yield Reason("reason_missing")


def acting_post(pack: Pack, one: RecordType, act: Act, posts: Iterable[P], region: str) -> P | None:
    """The post by which a person may do this to a record of a body."""
    held = tuple(posts)
    entering, verifying = entering_post(pack, one, held, region), verifying_post(pack, one, held, region)
    if act in VERIFIERS:
        return verifying
    return entering or verifying if act in ("withdraw", "unmask") else entering


def lacking_papers(one: RecordType, present: Collection[str]) -> dict[str, Reason]:
    """The papers that must be there and are not, each as the fault of its field."""
    return {
        name: Reason("paper_missing", {"paper": f"{one.id}.{name}"})
        for name, paper in one.papers.items()
        if paper.required and name not in present
    }


def _nearest(pack: Pack, posts: Iterable[P], region: str, *, kinds: tuple[str, ...], action: str) -> P | None:
    fitting = [
        (len(area), -number, post)
        for number, post in enumerate(posts)
        if post.kind in kinds and _allows(pack, post, action)
        for area in post.territory
        if covers(area, region)
    ]
    return max(fitting, key=lambda found: found[:2])[2] if fitting else None


def _allows(pack: Pack, post: HeldPost, action: str) -> bool:
    kind = pack.posts.get(post.kind)
    return kind is not None and action in kind.actions
