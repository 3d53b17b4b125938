"""What people do to their own account (本人账号): another password, a second factor set up."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from shouwang.domains.ledger.write import Stale
from shouwang.domains.people import one_time_codes, tries
from shouwang.domains.people.actor import Actor
from shouwang.domains.people.crypto import Unreadable, decrypt, encrypt
from shouwang.domains.people.models import Person, Post
from shouwang.domains.people.passwords import faults, right
from shouwang.domains.people.profiles import profile
from shouwang.domains.people.queries import SignedIn, person, posts_of
from shouwang.domains.people.services import By, enrol_code, set_password
from shouwang.flows.refusal import Unfit
from shouwang.flows.sight import pack
from shouwang.flows.sign_in import CODE, ENROL, PASSWORD, Entered, owner, refuse_locked, took_step

OFFER = b"offered "


@dataclass(frozen=True, kw_only=True)
class Offer:
    """A key for an authenticator app: as text, as the address of a QR code, and sealed to be sent back."""

    secret: str
    address: str
    sealed: str


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How a person signs in: login, when the password was chosen, whether a code is set up or a link made."""

    login: str
    password_at: datetime | None
    code: bool
    outside: bool


def standing(actor: Actor) -> Standing:
    found = person(actor.county, actor.id)
    assert found is not None, "an actor without an account"
    return Standing(
        login=found.login,
        password_at=found.password_at,
        code=bool(found.totp),
        outside=bool(found.subject),
    )


def own_posts(actor: Actor, *, on: date) -> list[Post]:
    """The posts a person holds on a day, with their terms."""
    found = person(actor.county, actor.id)
    held = {post.id for post in actor.posts}
    return [post for post in posts_of(found, on=on) if post.id in held] if found else []


def change_password(held: SignedIn, *, old: str, new: str, now: datetime) -> Entered:
    """Needs the old one; ends every other session. Raises Unfit."""
    own, rules = owner(held), profile()
    if held.owes and not held.owes.startswith(PASSWORD):
        raise Unfit({"old": _("Give your code first.")})
    if own.demo:
        raise Unfit({"new": _("Accounts of the demo keep their password.")})
    tried = tries.begin(own.login, own, means="password", now=now)
    refuse_locked(tried, own, rules=rules, now=now)
    if not right(old, own):
        tries.conclude(tried, tries.WRONG)
        raise Unfit({"old": _("The present password is wrong.")})
    tries.conclude(tried, tries.HALF)
    found = faults(new, login=own.login, name=own.name, rules=rules)
    if old == new:
        found.append(_("It must differ from the present one."))
    if found:
        raise Unfit({"new": " ".join(found)})
    with _undisturbed("new"):
        set_password(own, new, by=_self(own), at=now, but=held.session)
    return took_step(held, own, step=PASSWORD, now=now)


def offer_code(held: SignedIn) -> Offer:
    """A new key, kept nowhere until a code of it has been given. Raises Unfit."""
    own = _without_code(held)
    secret = one_time_codes.new_secret()
    sealed = urlsafe_b64encode(encrypt(secret.encode(), bound_to=OFFER + own.id.bytes)).decode()
    return Offer(secret=secret, address=one_time_codes.address(secret, own.login), sealed=sealed)


def same_offer(held: SignedIn, sealed: str) -> Offer:
    """The offer that was `sealed` before, to be shown again after a wrong code. Raises Unfit."""
    own = _without_code(held)
    try:
        secret = decrypt(urlsafe_b64decode(sealed), bound_to=OFFER + own.id.bytes).decode()
    except (Unreadable, ValueError):
        raise Unfit({"code": _("This page is too old. Scan the new picture.")}) from None
    return Offer(secret=secret, address=one_time_codes.address(secret, own.login), sealed=sealed)


def accept_code(held: SignedIn, *, sealed: str, code: str, now: datetime) -> Entered:
    """The first code of an offered key shows that the phone has it; from then on it is asked for. Raises Unfit."""
    own, offer = _without_code(held), same_offer(held, sealed)
    tried = tries.begin(own.login, own, means="enrol", now=now)
    refuse_locked(tried, own, rules=profile(), now=now)
    step = one_time_codes.step_of(code, secret=offer.secret, now=now)
    if step is None:
        tries.conclude(tried, tries.WRONG)
        raise Unfit({"code": _("This code is wrong or too old.")})
    with _undisturbed("code"):
        enrol_code(own, offer.secret, by=_self(own), at=now)
    tries.use_code(tried, step)
    return took_step(held, own, step=ENROL, now=now)


@contextmanager
def _undisturbed(field: str) -> Iterator[None]:
    """An account sealed anew with another key in the same moment is as good as before; only the act comes too late."""
    try:
        yield
    except Stale:
        raise Unfit({field: _("The account was changed in this very moment. Please send it again.")}) from None


def _without_code(held: SignedIn) -> Person:
    own = owner(held)
    if own.totp or held.owes.startswith((CODE, PASSWORD)):
        raise Unfit({"code": _("Codes are set up already. The security administrator can reset them.")})
    return own


def _self(own: Person) -> By:
    return By(actor=own.id, post="", pack=pack().version)
