"""The page of the indicators (指标): what is counted for a year, over what, and which way is good."""

from shouwang.policy.duty_telling import where_told
from shouwang.policy.indicator_shapes import Counted, Indicator
from shouwang.policy.pack import Pack
from shouwang.policy.paging import heading, table

WAYS = {"more": "越多越好", "fewer": "越少越好", "steady": "保持平稳"}


def indicators_page(pack: Pack) -> str:
    body = table(
        ("id", "中文", "한국어", "row", "level", "unit", "counts", "good"),
        (
            (key, one.label.zh, one.label.ko, ", ".join(one.rows_served), pack.levels[one.level].zh, one.unit,
             _counts(one), WAYS[one.better])
            for key, one in pack.indicators.items()
        ),
    )  # fmt: skip
    return heading("指标", "What the plan hopes for is counted, never failed and never ranked.") + body


def _counts(one: Indicator) -> str:
    if one.fitted is not None:
        kinds = ", ".join(one.fitted.homes + one.fitted.places)
        return f"homes and places with {one.fitted.device}" + (f" ÷ those on the registers as {kinds}" if kinds else "")
    if one.counts is None:
        return "share met in time of " + ", ".join(one.duties)
    return _told(one.counts) + (f" ÷ {_told(one.over)}" if one.over else "")


def _told(one: Counted) -> str:
    return (f"sum of {one.sum} in " if one.sum else "") + one.kind + where_told(one.where)
