"""Whether an account or a post can be what is asked; each no names the field and the reason."""

import re
from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _

from shouwang.kernel.codes import covers, is_region
from shouwang.policy import load

from .misfit import Misfit
from .models import Person, Post

LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,59}")


def account_fits(*, login: str, name: str, region: str, language: str) -> None:
    """Raises Misfit. A login is one person's in the whole installation, so that it alone signs in."""
    if not LOGIN.fullmatch(login):
        raise Misfit("login", _("Use 2 to 60 small letters, digits, dots or dashes."))
    if not name.strip():
        raise Misfit("name", _("A name is needed."))
    if not is_region(region):
        raise Misfit("region", _("%(code)s is not a region code.") % {"code": region})
    if language[:2] not in load(settings.PACK).languages or language not in dict(settings.LANGUAGES):
        raise Misfit("language", _("%(code)s is not a language of this system.") % {"code": language})
    if Person.objects.filter(login=login).exists():
        raise Misfit("login", _("Somebody has this login already."))


def post_fits(
    person: Person,
    *,
    kind: str,
    department: str,
    region: str,
    territory: Sequence[str],
    term: tuple[date, date | None],
) -> None:
    """Raises Misfit. Whoever serves in another county has an account there: no row crosses a county line."""
    pack = load(settings.PACK)
    if kind not in pack.posts:
        raise Misfit("kind", _("The plan has no post %(code)s.") % {"code": kind})
    if department and department not in pack.departments:
        raise Misfit("department", _("The plan has no department %(code)s.") % {"code": department})
    if not is_region(region) or region[:6] != person.county:
        words = _("The post must lie in %(county)s, where the account is.")
        raise Misfit("region", words % {"county": person.county})
    if not territory:
        raise Misfit("territory", _("A post needs at least one area."))
    for area in territory:
        if not is_region(area) or not covers(person.county, area):
            words = _("%(code)s is not an area of %(county)s.")
            raise Misfit("territory", words % {"code": area, "county": person.county})
    if term[1] is not None and term[1] < term[0]:
        raise Misfit("until", _("A term cannot end before it begins."))


def deputy_fits(post: Post, deputy: Person, *, since: date, until: date) -> None:
    """Raises Misfit. A deputy stands in within the term, and nobody for a deputy."""
    if post.deputy_of is not None:
        raise Misfit("post", _("A deputy cannot hand the post on to another."))
    if deputy.id == post.person_id:
        raise Misfit("deputy", _("Nobody stands in for himself."))
    if since < post.since or (post.until is not None and until > post.until):
        raise Misfit("until", _("The days lie outside the term of the post."))
