"""A copy of the shipped pack with one thing spoilt, to see whether the checks find it."""

from pathlib import Path
from shutil import copytree

from shouwang.policy.checks import check
from shouwang.policy.loading import PACKS
from shouwang.policy.pack_reading import read


def copied(folder: Path) -> Path:
    copytree(PACKS / "yanbian-2023", folder / "pack")
    return folder / "pack"


def spoilt(folder: Path, *, file: str, old: str, new: str) -> list[str]:
    """What the checks say after ``old`` became ``new`` once in ``file``."""
    pack = copied(folder)
    text = (pack / file).read_text("utf-8")
    assert old in text
    (pack / file).write_text(text.replace(old, new, 1), "utf-8")
    return errors(pack)


def errors(folder: Path) -> list[str]:
    pack, findings = read(folder)
    found = (*findings, *(check(pack) if pack else ()))
    return [f"{one.where}: {one.text}" for one in found if one.weight == "error"]
