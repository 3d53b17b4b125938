"""One round of background work: terms of posts announced, lines sealed, counts folded, people told, duties judged."""

from datetime import datetime, timedelta

from shouwang.domains.areas.queries import counties
from shouwang.domains.files.holding import let_go
from shouwang.domains.ledger.queries import counties_with_lines, newest_checkpoint
from shouwang.domains.ledger.services import publish_county, seal_and_fold
from shouwang.domains.people.terms import tend_terms

from .climb_ladder import climb_ladder
from .count_helpers import count_helpers
from .draft_due_letters import draft_due_letters
from .draft_listing import draft_listing
from .draw_reviews import draw_reviews
from .follow_signals import follow
from .forget_people import forget_names, forget_people
from .judge_duties import judge_duties
from .lapse_alarms import lapse_alarms
from .redate_cases import redate_cases
from .sight import pack
from .tell_given import tell_given

PUBLISH_EVERY = timedelta(hours=1)
BUSY = 1000


def round_of_work(*, now: datetime) -> int:
    """Do what waits; how much was done, 0 when the house is in order."""
    known, ours = sorted({*counties(), *counties_with_lines()}), pack()
    # The live process does both at once; where it is down, an alarm waits for this round and no longer.
    done = follow(now=now) + lapse_alarms(now=now)
    done += sum(tend_terms(county, pack=ours, now=now) for county in known)
    done += seal_and_fold(now=now)
    done += sum(tell_given(county, now=now) for county in known)
    done += sum(_judge_and_follow_up(county, now) for county in known)
    for county in counties_with_lines():
        if _publish_due(county, now):
            publish_county(county, now=now)
            # A case reported while the notice of a year was being entered may have been counted without it.
            redate_cases(county, now=now)
            draw_reviews(county, now=now)
            draft_listing(county, now=now)
            forget_people(county, pack=ours, now=now)
            forget_names(county, now=now)
            count_helpers(county, pack=ours, now=now)
            # Uploads nobody came back for go with the hour's other chores; deleting them is no act on record.
            let_go(now=now)
    return done


def _judge_and_follow_up(county: str, now: datetime) -> int:
    """Nobody is pressed while much waits to be judged: a proof may lie among it."""
    judged = judge_duties(county, now=now)
    if judged >= BUSY:
        return judged
    climbed = climb_ladder(county, now=now)
    return judged + climbed + draft_due_letters(county, now=now)


def catch_up(*, now: datetime) -> None:
    """Work until nothing waits, then publish every root: the end of an import or a simulated day."""
    while round_of_work(now=now):
        continue
    for county in counties_with_lines():
        publish_county(county, now=now)


def _publish_due(county: str, now: datetime) -> bool:
    newest = newest_checkpoint(county)
    return newest is None or now - newest.at >= PUBLISH_EVERY
