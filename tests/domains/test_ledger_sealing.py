"""One act, one line; one sealer, dense positions; and a proof that a stranger can check."""

from datetime import timedelta

import pytest

from shouwang.domains.hazards.models import Case, Transition
from shouwang.domains.ledger.checkpoints import publish
from shouwang.domains.ledger.models import Delta, Evidence, Line, Tile
from shouwang.domains.ledger.proving import NotSealed, prove
from shouwang.domains.ledger.sealing import seal_county, sealed_size
from shouwang.domains.ledger.totals import counts, fold
from shouwang.domains.ledger.write import Stale
from shouwang.kernel.merkle import leaf_hash, verify_inclusion
from tests.domains.ledger_story import NOON, reported, started

pytestmark = pytest.mark.django_db


def test_an_act_writes_its_line_evidence_and_counts_together():
    case = reported()

    line = Line.objects.get(object=case.id)
    assert (line.county, line.act, line.kind, line.position) == ("222405", "report", "hazards.Case", None)
    assert set(Evidence.objects.filter(line=line.id).values_list("kind", flat=True)) == {
        "hazard.reported",
        "hazard.assigned",
    }
    assert Transition.objects.get(case=case).line == line.id
    assert counts(["222405"], ["hazards.state.assigned"], length=9) == {
        ("222405105", "hazards.state.assigned"): 1
    }


def test_an_act_takes_few_statements(django_assert_num_queries):
    with django_assert_num_queries(3):  # savepoint, all rows of all tables, release
        reported()


def test_the_second_of_two_who_looked_at_the_same_case_is_refused_and_writes_nothing():
    case = reported()
    rival = Case.objects.get(pk=case.pk)
    started(case)

    with pytest.raises(Stale):
        started(rival)
    assert Line.objects.filter(object=case.id).count() == 2
    assert Case.objects.get(pk=case.pk).version == 2


def test_positions_are_dense_per_county_and_given_once():
    for region in ("222405105201001", "222401001001", "222405105202"):
        reported(region)

    assert seal_county("222405", now=NOON) == 2
    assert seal_county("222405", now=NOON) == 0
    assert seal_county("222401", now=NOON) == 1
    reported()
    seal_county("222405", now=NOON)
    positions = Line.objects.filter(county="222405").order_by("position").values_list("position", flat=True)
    assert list(positions) == [0, 1, 2]
    assert sealed_size("222401") == 1


def test_a_line_not_sealed_yet_says_so():
    reported()
    with pytest.raises(NotSealed):
        prove("222405", Line.objects.get().id)


def test_a_stranger_checks_the_proof_with_nothing_but_the_published_root():
    for minute in range(9):
        reported(at=NOON + timedelta(minutes=minute))
    seal_county("222405", now=NOON)
    point = publish("222405", now=NOON)
    assert publish("222405", now=NOON) is None  # nothing new to publish

    for line in Line.objects.all():
        proof = prove("222405", line.id)
        assert leaf_hash(proof.leaf.encode()).hex() == proof.leaf_hash
        assert proof.published == NOON.isoformat()
        assert verify_inclusion(
            bytes.fromhex(proof.leaf_hash),
            index=proof.index,
            size=proof.size,
            proof=[bytes.fromhex(step) for step in proof.path],
            root=bytes(point.root),
        )


def test_proofs_stay_true_across_full_tiles(settings):
    for minute in range(600):
        reported(at=NOON + timedelta(minutes=minute))
    while seal_county("222405", now=NOON, limit=250):
        continue
    assert Tile.objects.filter(county="222405", level=1).count() == 2
    point = publish("222405", now=NOON)
    for position in (0, 255, 256, 511, 599):
        proof = prove("222405", Line.objects.get(position=position).id)
        path = [bytes.fromhex(step) for step in proof.path]
        leaf = bytes.fromhex(proof.leaf_hash)
        assert verify_inclusion(leaf, index=position, size=600, proof=path, root=bytes(point.root))


def test_folding_moves_no_count():
    for _ in range(3):
        started(reported())
    names = ["hazards.state.assigned", "hazards.state.rectifying"]
    pending = counts(["222405"], names, length=12)

    assert fold() == 12
    assert fold() == 0
    assert Delta.objects.count() == 0
    assert counts(["222405"], names, length=12) == pending
    assert pending[("222405105201", "hazards.state.rectifying")] == 3
