"""编号与盐: never the same twice, whoever mints: one thread, many, or a process that was forked."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from multiprocessing import get_context

from shouwang.domains.ledger.minting import mint, mint_texts, salt

NOW = datetime(2023, 6, 1, tzinfo=UTC)


def some(_number: int = 0) -> list[str]:
    """As many as no draw from the system serves alone."""
    return [str(mint(NOW)) for _ in range(900)] + [salt().hex() for _ in range(600)] + mint_texts(NOW, 500)


def test_no_two_threads_mint_the_same() -> None:
    with ThreadPoolExecutor(4) as hands:
        found = [one for many in hands.map(some, range(4)) for one in many]
    assert len(set(found)) == len(found) == 4 * 2000


def test_a_forked_process_does_not_mint_what_its_parent_mints() -> None:
    first = salt()
    with get_context("fork").Pool(2) as forked:
        childrens = forked.map(some, range(2))
    found = [first.hex(), *some(), *childrens[0], *childrens[1]]
    assert len(set(found)) == len(found)
