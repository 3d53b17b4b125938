"""编号与盐: never the same twice, whoever mints: one thread, many, or a process that was forked."""

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from shouwang.domains.ledger.minting import mint, mint_texts, salt

NOW = datetime(2023, 6, 1, tzinfo=UTC)


def some(_number: int = 0) -> list[str]:
    """As many as no draw from the system serves alone."""
    return [str(mint(NOW)) for _ in range(900)] + [salt().hex() for _ in range(600)] + mint_texts(NOW, 500)


def some_of_a_child() -> list[str]:
    """The child leaves at once: locks that threads of this process hold would keep it for ever."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            with open(writing, "w", closefd=False) as out:
                out.write("\n".join(some()))
        finally:
            os._exit(0)
    os.close(writing)
    with open(reading) as came:
        found = came.read().splitlines()
    os.waitpid(child, 0)
    return found


def test_no_two_threads_mint_the_same() -> None:
    with ThreadPoolExecutor(4) as hands:
        found = [one for many in hands.map(some, range(4)) for one in many]
    assert len(set(found)) == len(found) == 4 * 2000


def test_a_forked_process_does_not_mint_what_its_parent_mints() -> None:
    first = salt()
    found = [first.hex(), *some_of_a_child(), *some(), *some_of_a_child()]
    assert len(set(found)) == len(found) == 1 + 3 * 2000
