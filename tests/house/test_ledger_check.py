"""The ten lines of docs/ledger-check.md, run as a stranger would run them, against proofs of many trees."""

import json
import re
import subprocess
import sys

import pytest

from shouwang.kernel.merkle import inclusion_proof, leaf_hash, root_of
from tests.house.sources import ROOT, STATIC

PAGE = ROOT / "docs" / "ledger-check.md"


def printed():
    """The program as the page prints it."""
    [program] = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    return program


def test_it_is_ten_lines_and_the_one_that_the_screen_hands_out():
    assert len(printed().splitlines()) <= 10
    assert (STATIC / "check.txt").read_text("utf-8") == printed()


@pytest.fixture(scope="module")
def checker(tmp_path_factory):
    program = printed()
    path = tmp_path_factory.mktemp("stranger") / "check.py"
    path.write_text(program, "utf-8")

    def check(proof, root):
        done = subprocess.run(
            [sys.executable, "-I", str(path), root], input=json.dumps(proof), text=True, capture_output=True
        )
        return done.returncode == 0

    return check


def proof_of(index, *, size, algorithm="sha256"):
    texts = [f'{{"act":"report","position":{i},"place":"敦化"}}' for i in range(size)]
    hashes = [leaf_hash(t.encode(), algorithm) for t in texts]
    path = inclusion_proof(hashes, index, algorithm=algorithm)
    proof = {
        "algorithm": algorithm, "index": index, "size": size, "leaf": texts[index],
        "path": [step.hex() for step in path],
    }  # fmt: skip
    return proof, root_of(hashes, algorithm).hex()


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8])
def test_every_line_of_small_logs_is_found(checker, size):
    for index in range(size):
        assert checker(*proof_of(index, size=size))


@pytest.mark.parametrize("index", [0, 255, 256, 511, 512, 600])
def test_lines_of_a_log_of_several_tiles_are_found(checker, index):
    assert checker(*proof_of(index, size=601))


def test_the_national_hash_is_understood(checker):
    assert checker(*proof_of(5, size=11, algorithm="sm3"))


@pytest.mark.parametrize("field, value", [("leaf", "{}"), ("index", 3), ("size", 200), ("path", [])])
def test_anything_changed_is_refused(checker, field, value):
    proof, root = proof_of(5, size=11)
    assert checker(proof, root)
    assert not checker({**proof, field: value}, root)


def test_another_root_is_refused(checker):
    proof, _ = proof_of(5, size=11)
    _, other = proof_of(5, size=12)
    assert not checker(proof, other)
