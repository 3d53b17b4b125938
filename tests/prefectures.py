"""Where the stories of the tests play: in the prefecture whose pack SHOUWANG_PACK names, Yanbian where none is named.

A story speaks in the words of Yanbian; `here` gives the word that plays the same part where it is told.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from shouwang.policy.shipped import PACKS, USUAL


@dataclass(frozen=True, kw_only=True)
class Prefecture:
    """Places by the part they play, and what its pack calls what Yanbian's calls otherwise."""

    pack: str
    prefecture: str
    county: str
    other_county: str
    street: str
    next_street: str
    community: str
    next_community: str
    grid: str
    next_grid: str
    areas: str
    other_language: str
    general_workdays: int
    reminded_before: int
    chain: tuple[str, ...]
    words: Mapping[str, str] = field(default_factory=dict)

    def word(self, of_yanbian: str) -> str:
        """What plays the part here that this word plays in Yanbian."""
        return self.words[of_yanbian] if self.words else of_yanbian

    def named(self, code: str) -> str:
        return next(line.split(",")[2] for line in self.areas.splitlines() if line.startswith(f"{code},"))


YANBIAN = Prefecture(
    pack=USUAL,
    prefecture="222400",
    county="222403",
    other_county="222401",
    street="222403001",  # 渤海街道
    next_street="222403002",  # 胜利街道
    community="222403001001",  # 红旗社区
    next_community="222403001002",  # 北苑社区
    grid="222403001001001",
    next_grid="222403001002001",
    other_language="ko",
    general_workdays=5,
    reminded_before=3,
    chain=("remind", "supervise", "letter", "interview", "level_up"),
    areas="""code,kind,zh,ko,lon,lat,year,since,until,merged_into,source
222400,,延边朝鲜族自治州,연변조선족자치주,,,2023,,,,
222401,,延吉市,연길시,,,2023,,,,
222403,,敦化市,돈화시,,,2023,,,,
222403001,,渤海街道,발해가두,,,2023,,,,
222403001001,,红旗社区,홍기사회구역,,,2023,,,,
222403001002,,北苑社区,북원사회구역,,,2023,,,,
222403001001001,grid,第一网格,,,,2023,,,,
222403001002001,grid,第二网格,,,,2023,,,,
222403002,,胜利街道,승리가두,,,2023,,,,
222403002001,,新华社区,신화사회구역,,,2023,,,,
""",
)
# An invented league. It has no grids: who looks after a grid elsewhere looks after a gacha here.
JIYE = Prefecture(
    pack="jiye-2025",
    prefecture="992500",
    county="992521",  # 澜屏旗
    other_county="992501",  # 穗岸区
    street="992521200",  # 青沿苏木
    next_street="992521100",  # 澜屏镇
    community="992521200201",  # 阿日泉嘎查
    next_community="992521200202",  # 长滩嘎查
    grid="992521200201",
    next_grid="992521200202",
    other_language="en",
    general_workdays=4,
    reminded_before=2,
    chain=("remind", "supervise", "level_up"),
    areas=(PACKS / "jiye-2025" / "areas.csv").read_text("utf-8"),
    words={
        # posts
        "grid_member": "herd_warden", "grid_chief": "ten_household_head", "village_head": "gacha_lead",
        "station_staff": "post_clerk", "station_head": "post_chief", "town_leader": "sumu_deputy",
        "police_officer": "constable", "dept_officer": "bureau_officer", "county_office": "banner_office",
        "county_fire": "banner_rescue", "prefecture_office": "league_office", "auditor": "looker_on",
        "security_admin": "account_keeper", "system_admin": "machine_keeper",
        "hotline_service": "hotline_line", "town_first": "sumu_head",
        "village_first": "gacha_secretary", "committee_member": "gacha_member", "building_chief": "camp_keeper",
        "unit_chief": "lodge_keeper", "brigade_leader": "rider_captain", "micro_station_leader": "pump_keeper",
        "property_manager": "estate_keeper", "unit_manager": "premises_keeper", "county_leader": "banner_leader",
        "dept_head": "bureau_head", "prefecture_leader": "league_leader", "prefecture_fire": "league_rescue",
        # departments
        "grid": "herders", "fire_station": "fire_post", "police": "public_security", "housing": "dwellings",
        "committee_office": "safety_office", "fire": "rescue", "property_management": "estates",
        "education": "schools", "industry": "works", "commerce": "trade",
        "urban_management": "streets", "power": "works",
        # what is found, where, and how it comes in
        "exit_blocked": "way_shut", "exit_locked": "gate_chained", "elderly_home": "elders_lodge",
        "通道堵塞": "出口被堵", "wiring": "loose_wires", "lane_occupied": "track_blocked",
        "old_compound": "brick_rows", "new_industry": "unassigned_trade", "shop": "bazaar", "other": "anything_else",
        "school": "boarding_school", "hospital": "clinic", "livestream": "unassigned_trade",
        "hazard-grade:way_out_crowded": "hazard-grade:shut_in",
        "patrol": "herd_round", "whistleblower": "word_of_mouth", "telephone": "camp_call", "inspection": "paper_check",
        "hotline": "hotline_order",
        # letters
        "supervision": "pressing", "interview": "talk", "reminder": "warning_note", "opinion": "listing_request",
        "listing": "listing_notice", "delisting": "listing_over",
        # clauses
        "07-31": "A2-07", "07-21": "A2-08", "02-09": "A2-04", "02-07": "A2-03",
        "08-02": "A4-01", "04-13": "A4-02", "06-01": "A6-01",
        "07-16": "A6-02", "11-12": "A6-03", "02-06": "A2-02", "I-07": "A1-06", "03-12": "A5-02", "S1-03": "A5-03",
        "13-25": "A6-04",
        # duties, records, values
        "hazard_closed_loop": "every_report_ends", "hazard_general_supervised": "ordinary_put_right",
        "intakes_converted_yearly": "wells_opened_yearly", "whistle_answered": "call_answered",
        "hazard_reported_at_once": "seen_and_told",
        "hazard_major_fixed": "grave_put_right",
        "hazard_major_put_to_government": "grave_put_up",
        "letters_answered_county": "letters_get_answers",
        "reminders_answered_county": "notes_get_answers", "hotline_hazard_answered": "orders_get_answers",
        "meeting": "sitting", "joint_meeting": "joint_sitting", "waiver": "exemption", "analysis": "grassland",
        "火灾风险研判专题会": "草原火险会",
        "hazard.minor.hours": "clock.small.hours", "hazard.general.workdays": "clock.ordinary.workdays",
        "water.intakes.per_year": "wells.per_year", "meeting.analysis.per_month": "sitting.per_month",
        "meeting.joint.per_quarter": "joint.per_quarter", "whistle.arrival.hours": "whistle.arrival.hours",
        "住宅、自建房由住建部门督导": "住房由住建督促",
        "一般隐患整改时限": "普通隐患处置时限", "实施方案二(二)4": "守望办法第四章",
        "乡镇(街道)": "苏木(镇)", "县(市)": "旗(区)", "轻微": "大隐患",
        "非(新兴行业(未明确主管))": "非(还没有主管的行业)",
        "敦消委办督": "澜消安督", "敦政挂督": "澜政挂督",
        # kinds of area, as an import would settle them
        "prefecture": "prefecture", "city": "banner", "street": "sumu", "community": "gacha",
    },
)  # fmt: skip
OF_YANBIAN = "of_yanbian"
KNOWN = {one.pack: one for one in (YANBIAN, JIYE)}
HERE = KNOWN[os.environ.get("SHOUWANG_PACK") or USUAL]
here = HERE.word


def only_in_yanbian(why: str) -> tuple[pytest.MarkDecorator, ...]:
    """For a story that is about a clause or a table of Yanbian's and of nobody else's; says why."""
    return getattr(pytest.mark, OF_YANBIAN)(why), pytest.mark.skipif(HERE is not YANBIAN, reason=why)
