"""How the tests of the areas room bring in tables."""

from datetime import UTC, date, datetime

from shouwang.domains.areas.services import Importer, import_areas
from shouwang.policy.areas import read, table

NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
TODAY = date(2026, 3, 2)
YANBIAN = ("222400",)
HEADING = "code,kind,zh,ko,lon,lat,year,since,until,merged_into,source\n"


def bring(*rows, areas=YANBIAN, heading=HEADING):
    """Import the rows of a small table; short rows are filled up."""
    return import_areas(read(heading + "\n".join(rows) + "\n"), by=importer(areas), at=NOW)


def bring_pack():
    return import_areas(table(), by=importer(YANBIAN), at=NOW)


def importer(areas):
    return Importer(actor=None, post="system_admin", pack="yanbian-2023", areas=tuple(areas))


def area(code, zh, **given):
    """One row: `area("222401", "延吉市", ko="연길시")`."""
    cells = {"code": code, "zh": zh, "year": "2023"} | given
    return ",".join(str(cells.get(name, "")) for name in HEADING.strip().split(","))


SMALL = (
    area("222400", "延边朝鲜族自治州", ko="연변조선족자치주"),
    area("222401", "延吉市", ko="연길시", lon=129.50241, lat=42.88825),
    area("222401001", "进学街道", ko="진학가두"),
    area("222401001001", "向阳社区"),
    area("222405", "龙井市", ko="룡정시", lon=129.42307, lat=42.77131),
    area("222405104", "东盛涌镇", ko="동성용진", lon=129.50011, lat=42.8089),
)
