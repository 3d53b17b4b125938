"""Nearly every story of the flows is told in both prefectures: what is Yanbian's alone says so, and is little."""

import pytest

from shouwang.policy import load
from tests.prefectures import KNOWN, OF_YANBIAN

# Of a hundred stories, how many may be about a clause of one prefecture.
MOST = 7


def test_few_stories_are_of_one_prefecture_alone(request: pytest.FixtureRequest) -> None:
    stories = [item for item in request.session.items if "tests/flows/" in item.nodeid]
    marks = [item.get_closest_marker(OF_YANBIAN) for item in stories]
    own = [mark for mark in marks if mark is not None]
    assert all(mark.args[0] for mark in own)
    assert len(stories) < 100 or len(own) * 100 <= MOST * len(stories)


def test_a_word_that_plays_no_part_elsewhere_is_found() -> None:
    for prefecture in KNOWN.values():
        pack = load(prefecture.pack)
        played = {*pack.posts, *pack.departments, *pack.kinds, *pack.sites, *pack.duties, *pack.records, *pack.rows,
                  *pack.parameters, *pack.channels, *pack.letters}  # fmt: skip
        texts = {text.zh for one in pack.records.values() for field in one.fields.values()
                 for text in field.choices.values()}  # fmt: skip
        texts |= {line.note.zh for one in pack.tables.values() for edition in one.editions for line in edition.lines}
        texts |= {one.label.zh for one in (*pack.parameters.values(), *pack.kinds.values())}
        unknown = {word for word in prefecture.words.values() if word not in played | texts | KINDS}
        assert {word for word in unknown if not word.startswith(pack.cited)} == set()


KINDS = {"苏木(镇)", "旗(区)", "大隐患", "非(还没有主管的行业)", "hazard-grade:shut_in"}
KINDS |= {"prefecture", "banner", "sumu", "gacha", "grassland", "澜消安督", "澜政挂督"}
