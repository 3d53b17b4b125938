"""Files stay small enough to be read in one sitting."""

from pathlib import Path
from statistics import quantiles

from tests.house.sources import ROOT, code, every, under


def lines(path: Path) -> int:
    return len(path.read_text("utf-8").splitlines())


def test_half_of_the_files_fit_a_page_and_nearly_all_a_sitting():
    sizes = [lines(p) for p in code()]
    percentiles = quantiles(sizes, n=100)
    assert percentiles[49] <= 80
    assert percentiles[94] <= 300


@every(code())
def test_no_file_is_longer_than_400_lines(path):
    assert lines(path) <= 400


@every(under(ROOT / "tests", ".py"))
def test_no_test_file_is_longer_than_500_lines(path):
    assert lines(path) <= 500
