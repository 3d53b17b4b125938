"""Where the simulation happens: two townships a county, their villages, and three grids in each."""

from dataclasses import dataclass

from shouwang.policy.areas import table


@dataclass(frozen=True, kw_only=True)
class County:
    """A county with the word its accounts begin with, and the townships that are already at work."""

    code: str
    word: str
    townships: tuple[str, ...]


COUNTIES = (
    County(code="222401", word="yanji", townships=("222401005", "222401101")),
    County(code="222402", word="tumen", townships=("222402003", "222402100")),
    County(code="222403", word="dunhua", townships=("222403100", "222403001")),
    County(code="222404", word="hunchun", townships=("222404001", "222404103")),
    County(code="222405", word="longjing", townships=("222405105", "222405001")),
    County(code="222406", word="helong", townships=("222406103", "222406001")),
    County(code="222424", word="wangqing", townships=("222424104", "222424011")),
    County(code="222426", word="antu", townships=("222426100", "222426102")),
)
PREFECTURE = "222400"
VILLAGES_EACH = 3
GRIDS_EACH = 3
STREETS = range(1, 100)


def villages_of(pack: str, township: str) -> list[str]:
    """The first villages or communities of a township, in the order of their codes."""
    inside = [
        fact.code for fact in table(pack).facts if fact.code.startswith(township) and len(fact.code) == 12
    ]
    preferred = sorted(inside, key=lambda code: (int(code[9:]) < 200, code))
    return (inside if is_street(township) else preferred)[:VILLAGES_EACH]


def is_street(township: str) -> bool:
    return int(township[6:]) in STREETS


def grids_of(village: str) -> list[str]:
    return [f"{village}{number:03}" for number in range(1, GRIDS_EACH + 1)]


def grid_table(pack: str) -> str:
    """The grids as a table for the importer of areas, as a township would hand it in."""
    rows = ["code,kind,zh,ko,year,source"]
    for county in COUNTIES:
        for township in county.townships:
            for village in villages_of(pack, township):
                for number, code in enumerate(grids_of(village), start=1):
                    rows.append(f"{code},grid,第{number}网格,제{number}격자,2023,demo")
    return "\n".join(rows) + "\n"
