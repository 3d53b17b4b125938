"""Who may see or manage whom: the areas of posts that allow `people.see` or `people.manage`."""

from collections.abc import Sequence

from shouwang.kernel.codes import covered

SEE, MANAGE = "people.see", "people.manage"


def may_touch(areas: Sequence[str], region: str) -> bool:
    """Whether a person whose home is `region` lies within the areas of an administrator."""
    return covered(areas, region)
