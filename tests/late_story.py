"""A hazard of some weeks ago, told through the flows that people use, with their dates: `python -m tests.late_story`.

The served installation lives today; what is late today began earlier.
"""

import sys
from datetime import timedelta

import django


def main(town: str, place: str, days: str) -> None:
    django.setup()
    from django.utils import timezone

    from shouwang.domains.people.holders import actor_of, holders
    from shouwang.flows.advance_hazard import Move, advance_hazard
    from shouwang.flows.report_hazard import Report, report_hazard

    then, county = timezone.now() - timedelta(days=int(days)), town[:6]
    held = holders([county], kinds=["grid_member", "county_office"], on=timezone.localdate())
    member = next(one for one in held if one.kind == "grid_member" and one.region.startswith(town))
    office = next(one for one in held if one.kind == "county_office")
    grid, people = member.region, [actor_of(county, one.person, on=timezone.localdate()) for one in (member, office)]
    told = {"kind": "exit_blocked", "site": "elderly_home", "place": place, "note": "通道又堆满了杂物"}
    done = report_hazard(people[0], Report(key=f"{place}-{days}", region=grid, found_at=then, **told), now=then)
    given = Move(act="reassign", department="housing", body=county)
    advance_hazard(people[1], done.id, given, now=then + timedelta(hours=1))
    sys.stdout.write(str(done.id))


if __name__ == "__main__":
    main(*sys.argv[1:])
