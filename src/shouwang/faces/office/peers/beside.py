"""What other platforms said of an alarm, and what they were told of it (对接情况), beside the alarm itself."""

from typing import Any

from shouwang.domains.peers import queries
from shouwang.faces.office.peers.register import act_words
from shouwang.flows.tell_peers import origin_of


def elsewhere(alarm: Any) -> list[tuple[Any, str, str]]:
    """(the word, which platform, what it says) in the order in which they were exchanged."""
    counties = sorted({alarm.county, f"{alarm.county[:4]}00"})
    rows = queries.about(counties, origin_of(alarm))
    names = queries.names_of(counties, {row.peer for row in rows})
    return [(row, names.get(row.peer, ""), act_words(row.act)) for row in rows]
