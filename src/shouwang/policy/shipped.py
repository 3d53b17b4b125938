"""Where the packs lie that ship with the house, and which one an installation runs that names none (随附政策包)."""

from pathlib import Path

HERE = Path(__file__).parent
PACKS = HERE / "packs"
# What is the same everywhere, because the code itself says or announces it; a pack may say it in its own words.
SHARED = HERE / "shared"
USUAL = "yanbian-2023"
