"""A pack with a few duties of every sort beside the shipped ones, so that task lists are tried on fixed ground."""

from shutil import copytree

import pytest
import yaml

from shouwang.kernel.codes import level_of
from shouwang.policy.loading import PACKS
from tests.prefectures import HERE, here

NAMED = {
    "t_meeting": ("每月研判会", "월별 연구판단회의", "Monthly meeting"),
    "t_joint": ("每季度联席会议", "분기별 련석회의", "Quarterly joint meeting"),
    "t_census": ("建立村级消防组织", "촌급 소방조직 건립", "A village body for fire safety"),
    "t_daily": ("每日巡查", "매일 순찰", "Daily patrol"),
    "t_crane": ("有条件的乡镇设置消防水鹤", "조건을 갖춘 향진 소방급수탑", "Water cranes of capable townships"),
    "hazard_closed_loop": ("隐患闭环管理", "우환 폐환관리", "Every hazard ends in a verified closing"),
    "hazard_general_supervised": ("一般隐患部门督导", "일반우환 부문 감독지도", "General hazard supervised"),
}
CHAIN = list(HERE.chain)
MEETING, JOINT, WAIVER = (f"record.{here(one)}" for one in ("meeting", "joint_meeting", "waiver"))
LOWEST = level_of(HERE.grid).value


def _duty(name: str, row: str, modality: str = "must", **told: object) -> dict[str, object]:
    zh, ko, en = NAMED[name]
    ladder = {"ladder": CHAIN} if modality == "must" else {}
    return {"row": row, "label": {"zh": zh, "ko": ko, "en": en}, "modality": modality, **ladder, **told}


def people(performer: str, verifier: str) -> dict[str, str]:
    return {"performer": here(performer), "verifier": here(verifier)}


DUTIES = {
    "t_meeting": _duty(
        "t_meeting", here("08-02"), bearer={"level": "township"}, **people("station_staff", "county_office"),
        trigger={"kind": "calendar", "every": "month"}, waived_by=[WAIVER],
        evidence={"kind": MEETING, "where": {"kind": here("analysis")},
                  "least": here("meeting.analysis.per_month")},
    ),
    "t_joint": _duty(
        "t_joint", here("04-13"), bearer={"level": "county"}, **people("county_office", "prefecture_office"),
        trigger={"kind": "calendar", "every": "quarter"},
        evidence={"kind": JOINT, "least": here("meeting.joint.per_quarter")},
    ),
    "t_census": _duty(
        "t_census", here("06-01"), bearer={"level": "village"}, **people("village_head", "station_staff"),
        trigger={"kind": "calendar", "every": "year"}, evidence={"kind": WAIVER},
    ),
    "t_daily": _duty(
        "t_daily", here("07-16"), bearer={"level": LOWEST}, **people("grid_member", "station_staff"),
        trigger={"kind": "calendar", "every": "day"}, evidence={"kind": WAIVER},
    ),
    "t_crane": _duty(
        "t_crane", here("11-12"), bearer={"level": "township"}, **people("station_staff", "county_fire"),
        trigger={"kind": "calendar", "every": "year"}, evidence={"kind": WAIVER},
        condition={f"{here('meeting')}.on_facilities": True},
    ),
    "hazard_closed_loop": _duty(
        "hazard_closed_loop", here("07-31"), bearer={"level": "township"}, **people("station_staff", "county_office"),
        trigger={"kind": "event", "on": "hazard.reported"}, deadline={"parameter": "case"},
        evidence={"kind": "hazard.closed"}, waived_by=["hazard.rejected"],
    ),
    "hazard_general_supervised": _duty(
        "hazard_general_supervised", here("02-06"), bearer={"level": "township"},
        **people("station_staff", "county_office"), deadline={"parameter": "case"},
        evidence={"kind": "hazard.rectified"},
        trigger={"kind": "event", "on": "hazard.reported", "where": {"grade": "general"}},
    ),
}  # fmt: skip


@pytest.fixture(scope="session")
def written_task_pack(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The shipped pack with these duties alone."""
    folder = tmp_path_factory.mktemp("packs") / "tasks"
    copytree(PACKS / HERE.pack, folder)
    for path in [*(folder / "duties").glob("*.yaml"), *(folder / "indicators").glob("*.yaml")]:
        path.unlink()
    told = {name if name.startswith("t_") else here(name): body for name, body in DUTIES.items()}
    (folder / "duties" / "tasks.yaml").write_text(yaml.safe_dump(told, allow_unicode=True), "utf-8")
    return str(folder)


@pytest.fixture
def task_pack(settings, written_task_pack: str) -> str:
    """The installation runs that pack."""
    settings.PACK = written_task_pack
    return written_task_pack
