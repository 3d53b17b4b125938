"""The list of the manual's pages (操作手册): which is written, which is told from its duty, what each covers."""

from shouwang.policy.manual_pages import label_of, pages_of
from shouwang.policy.pack import Pack
from shouwang.policy.paging import heading, table


def manuals_page(pack: Pack) -> str:
    body = table(
        ("id", "中文", "한국어", "English", "written", "duties", "rows"),
        (
            (name, label.zh, label.ko, label.en, "yes" if name in pack.manuals else "told from the duty",
             ", ".join(duties), ", ".join(pack.manuals[name].rows if name in pack.manuals else ()))
            for name, duties in pages_of(pack).items()
            for label in (label_of(pack, name),)
        ),
    )  # fmt: skip
    return heading("操作手册", "One page for each kind of work; a duty nobody wrote a page for gets its own.") + body
