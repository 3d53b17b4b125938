"""The shipped pack loads whole, frozen, in three languages; a bad one is not served."""

import threading
import time
from dataclasses import FrozenInstanceError

import pytest

from shouwang.policy import BadPack, loading
from shouwang.policy.pack_reading import read
from shouwang.policy.text import Text
from tests.policy.packs import copied

PACK = loading.load()


def test_every_row_of_the_plan_is_there():
    assert len(PACK.rows) == 294
    modalities = [row.modality for row in PACK.rows.values()]
    counts = {name: modalities.count(name) for name in ("must", "outcome", "encouraged", "may", "basis")}
    assert counts == {"must": 254, "outcome": 19, "encouraged": 12, "may": 7, "basis": 2}


def test_at_least_thirty_rows_have_words_of_our_own():
    assert sum(row.text is not None for row in PACK.rows.values()) >= 30


def test_the_six_tiles_of_the_phone_in_their_order():
    tiles = [kind.id for kind in PACK.kinds.values() if kind.tile]
    assert tiles == ["exit_blocked", "ebike_charging", "wiring", "detector_faulty", "combustibles", "other"]


def test_a_chip_names_its_clause_in_each_language():
    assert PACK.where(("07-31", "07-15", "02-06"), "zh-hans") == ("方案二.7", "方案二.2")
    assert PACK.where(("07-31",), "ko") == ("방안 2.7",)
    assert PACK.where(("07-31",), "en") == ("Plan 2.7",)


@pytest.mark.parametrize(
    "tag, word", [("zh-hans", "网格"), ("zh", "网格"), ("ko", "격자"), ("en-gb", "grid"), ("fr", "网格")]
)
def test_words_by_language_tag(tag, word):
    assert Text(zh="网格", ko="격자", en="grid").in_(tag) == word


def test_a_pack_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        PACK.name = "other"
    with pytest.raises(TypeError):
        PACK.rows["07-31"] = None


def test_the_version_is_that_of_the_content(tmp_path):
    folder = copied(tmp_path)
    same, _ = read(folder)
    assert same.version == PACK.version
    (folder / "kinds.yaml").write_text((folder / "kinds.yaml").read_text("utf-8") + "\n# a note\n", "utf-8")
    other, _ = read(folder)
    assert other.version != PACK.version


def test_a_pack_with_an_error_is_not_served(tmp_path, monkeypatch):
    folder = copied(tmp_path)
    (folder / "kinds.yaml").write_text("exit_blocked: {icon: door}\n", "utf-8")
    monkeypatch.setattr(loading, "PACKS", tmp_path)
    with pytest.raises(BadPack, match="kinds.yaml: exit_blocked: 'label' is missing"):
        loading.load("pack")


def test_of_many_who_ask_at_once_one_reads_it(monkeypatch):
    """A web process that just started: its threads all want the pack with their first request."""
    monkeypatch.setattr(loading, "_loaded", {})
    together, begun, given = threading.Barrier(4), [], []

    def reading(folder):
        begun.append(folder)
        time.sleep(0.05)
        return read(folder)

    def asked():
        together.wait()
        given.append(loading.load("yanbian-2023"))

    monkeypatch.setattr(loading, "read", reading)
    threads = [threading.Thread(target=asked) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(begun) == 1 and len({id(one) for one in given}) == 1
