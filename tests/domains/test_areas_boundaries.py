"""Outlines from a file: repaired, simplified with the same border on both sides, and never without their source."""

import io
import json
import zipfile
from pathlib import Path

import pytest
import shapefile
import shapely
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from shouwang.config.commands.boundaries import boundaries
from shouwang.domains.areas.boundaries import Given, import_boundaries, remove_boundaries
from shouwang.domains.areas.boundary_mending import mended
from shouwang.domains.areas.boundary_reading import NotBoundaries
from shouwang.domains.areas.models import Boundary
from shouwang.domains.areas.outlines import credits_of, holding, outlines
from shouwang.domains.ledger.models import Line
from shouwang.kernel.geo import Datum, Point, haversine_m, wgs84_to_gcj02
from shouwang.kernel.outlines import frame_of, path_of
from tests.domains.areas_story import NOW, TODAY, YANBIAN, area, bring, bring_pack, importer

REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "yanbian" / "counties.geojson"
SAID = Given(datum=Datum.WGS84, said_datum="wgs84", source="州自然资源局", tolerance_m=50.0)


def square(west, south, size=0.2):
    east, north = west + size, south + size
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def feature(ring, **words):
    return {"type": "Feature", "properties": words, "geometry": {"type": "Polygon", "coordinates": [ring]}}


def geojson(*features):
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False).encode()


def zipped(*rows, encoding="gb18030", cpg=""):
    """A shapefile as an office saves it: names in GB 18030."""
    files = {part: io.BytesIO() for part in ("shp", "shx", "dbf")}
    with shapefile.Writer(**files, encoding=encoding) as made:
        made.field("XZQDM", "C", 12)
        made.field("XZQMC", "C", 40)
        for ring, code, name in rows:
            made.poly([ring[::-1]])
            made.record(code, name)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for part, data in files.items():
            packed.writestr(f"县界/county.{part}", data.getvalue())
        if cpg:
            packed.writestr("县界/county.cpg", cpg)
    return out.getvalue()


@pytest.fixture
def tree(db):
    bring(
        area("222400", "延边朝鲜族自治州"),
        area("222401", "延吉市"),
        area("222405", "龙井市"),
        area("222401001", "进学街道"),
    )
    Line.objects.all().delete()


def bring_in(content, given=SAID, areas=YANBIAN):
    return import_boundaries(content, given, by=importer(areas), on=TODAY, at=NOW)


def why(done):
    return [(refusal.line, refusal.reason) for refusal in done.refusals]


def test_by_code_or_by_name_one_line_of_the_ledger_for_each_county(tree):
    done = bring_in(
        geojson(feature(square(129.4, 42.8), adcode=222401), feature(square(129.2, 42.6), name="龙井市"))
    )
    assert done.regions == ("222401", "222405") and not done.refusals
    assert [(line.county, line.act) for line in Line.objects.order_by("county")] == [
        ("222401", "import_boundaries"),
        ("222405", "import_boundaries"),
    ]
    assert Boundary.objects.get(region="222401").source == "州自然资源局"


def test_a_shapefile_in_a_zip_with_chinese_names_and_padded_codes(tree):
    rows = [(square(129.4, 42.8), "222401000000", "延吉市"), (square(129.2, 42.6), "", "龙井市")]
    for packed in (zipped(*rows), zipped(*rows, encoding="utf-8", cpg="UTF-8"), zipped(*rows, cpg="GBK")):
        assert bring_in(packed).regions == ("222401", "222405")
    assert Boundary.objects.count() == 2


def test_what_fits_nothing_comes_back_with_its_reason(tree):
    done = bring_in(
        geojson(
            feature(square(129.4, 42.8), code="222401"),
            feature(square(129.4, 42.8), code="222401"),
            feature(square(129.4, 42.8), code="229999", name="某县"),
            feature(square(1294000, 42.8), code="222405"),
            feature([[129, 42], [129, 43], [129, 42], [129, 42]], code="222401001"),
        )
    )
    assert done.regions == ("222401",)
    assert why(done) == [
        (2, "outline_twice"), (3, "no_such_area"), (4, "not_in_degrees"), (5, "no_area_in_it"),
    ]  # fmt: skip
    within = geojson(feature(square(129.4, 42.8), code="222401"), feature(square(129.45, 42.85, 0.05), name="龙井市"))
    assert why(bring_in(within)) == [(2, "lies_in_another")]
    elsewhere = bring_in(geojson(feature(square(129.4, 42.8), code="222405")), areas=("222401",))
    assert why(elsewhere) == [(1, "no_such_area")] and not Boundary.objects.filter(region="222405").exists()


@pytest.mark.parametrize(
    "content",
    [b"", b"{}", b"PK\x03\x04 broken", b"\xff\xfe", zipped()[:40]],
    ids=["empty", "no features", "broken zip", "no text", "cut zip"],
)
def test_a_file_that_is_none_says_so(tree, content):
    with pytest.raises(NotBoundaries):
        bring_in(content)


def test_a_map_in_gcj02_is_brought_to_wgs84(tree):
    ring = [list(wgs84_to_gcj02(Point(*corner))) for corner in square(129.4, 42.8)]
    bring_in(geojson(feature(ring, code="222401")), Given(datum=Datum.GCJ02, said_datum="gcj02", source="某图"))
    corners = Boundary.objects.get().outline[0][0]
    meant = [Point(*corner) for corner in square(129.4, 42.8)]
    assert all(min(haversine_m(Point(*corner), one) for one in meant) < 1 for corner in corners)


def test_without_an_approval_number_the_public_sees_no_outline(tree):
    bring_in(geojson(feature(square(129.4, 42.8), code="222401")))
    assert outlines(["222401"]) and not outlines(["222401"], public=True)
    approved = Given(datum=Datum.WGS84, said_datum="cgcs2000", source="省测绘院", approval="吉S(2026)012号")
    bring_in(geojson(feature(square(129.4, 42.8), code="222401")), approved)
    shown = outlines(["222401"], public=True)
    assert credits_of(shown.values()) == [("省测绘院", "", "吉S(2026)012号", "cgcs2000")]


def test_a_place_is_found_in_the_smallest_outline_that_holds_it(tree):
    bring_in(
        geojson(feature(square(129.4, 42.8), code="222401"), feature(square(129.45, 42.85, 0.05), code="222401001"))
    )
    found = holding(Point(129.47, 42.87), counties=["222401", "222405"])
    assert found[0].region == "222401001"
    assert holding(Point(129.3, 42.7), counties=["222401"]) == []


def test_outlines_are_taken_away_again_under_a_line(tree):
    bring_in(geojson(feature(square(129.4, 42.8), code="222401")))
    assert remove_boundaries(["222401"], by=importer(YANBIAN), at=NOW) == 1
    assert not Boundary.objects.exists() and Line.objects.filter(act="remove_boundaries").count() == 1


@settings(max_examples=25)
@given(st.integers(0, 10_000), st.floats(10, 3000), st.integers(2, 4))
def test_simplified_areas_stay_disjoint_and_cover_what_they_covered(seed, tolerance, across):
    """A patchwork of neighbours with wavy common borders, given as a commercial map gives them."""
    from random import Random

    dice = Random(seed)

    def wave(a, b):
        """The same wavy line for both neighbours."""
        made = Random(f"{seed}{min(a, b)}{max(a, b)}")
        steps = [made.uniform(-0.004, 0.004) for _ in range(12)]
        low, high = min(a, b), max(a, b)
        points = [
            (low[0] + (high[0] - low[0]) * t / 13 + (steps[t - 1] if 0 < t < 13 and low[0] == high[0] else 0),
             low[1] + (high[1] - low[1]) * t / 13 + (steps[t - 1] if 0 < t < 13 and low[1] == high[1] else 0))
            for t in range(14)
        ]  # fmt: skip
        return points if a == low else points[::-1]

    def patch(x, y):
        corners = [(129 + x * 0.1, 42 + y * 0.1), (129 + (x + 1) * 0.1, 42 + y * 0.1),
                   (129 + (x + 1) * 0.1, 42 + (y + 1) * 0.1), (129 + x * 0.1, 42 + (y + 1) * 0.1)]  # fmt: skip
        ring = [p for a, b in zip(corners, corners[1:] + corners[:1], strict=True) for p in wave(a, b)[:-1]]
        return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}

    given_ = {n: patch(n % across, n // across) for n in range(across * across)}
    if dice.random() < 0.5:
        given_[0]["coordinates"][0].insert(3, given_[0]["coordinates"][0][1])  # a spike, as they come
    done = mended(given_, datum=Datum.WGS84, tolerance_m=tolerance)
    assert not done.refused and set(done.outlines) == set(given_)
    shapes = [shapely.MultiPolygon([(p[0], p[1:]) for p in outline]) for outline in done.outlines.values()]
    assert all(shape.is_valid for shape in shapes)
    whole = sum(shape.area for shape in shapes)
    overlaps = sum(a.intersection(b).area for n, a in enumerate(shapes) for b in shapes[:n])
    assert overlaps < whole * 1e-7
    assert abs(shapely.unary_union(shapes).area - whole) < whole * 1e-7
    assert done.corners_after <= done.corners_before + across * across * 8


@pytest.mark.skipif(not REAL.exists(), reason=f"{REAL} is not on this machine; it is not ours to ship")
class TestTheRealCounties:
    """Eight counties of a commercial map in GCJ-02, seven of them invalid."""

    @pytest.fixture(autouse=True)
    def pack(self, db):
        bring_pack()
        Line.objects.all().delete()

    def brought(self, tolerance=200.0):
        return bring_in(
            REAL.read_bytes(),
            Given(datum=Datum.GCJ02, said_datum="gcj02", source="试验用图", tolerance_m=tolerance),
        )

    def test_all_eight_go_in_repaired_and_with_few_corners(self):
        done = self.brought()
        assert len(done.regions) == 8 and not done.refusals
        assert len(done.repaired) >= 7
        assert done.corners_after < done.corners_before / 4
        assert done.moved_m < 1500
        assert Line.objects.filter(act="import_boundaries").count() == 8

    def test_they_stay_side_by_side_and_hold_their_seats(self):
        from shouwang.domains.areas.models import Area

        self.brought()
        drawn = outlines([f"2224{n:02d}" for n in (1, 2, 3, 4, 5, 6, 24, 26)])
        shapes = [shapely.MultiPolygon([(p[0], p[1:]) for p in one.outline]) for one in drawn.values()]
        overlap = sum(a.intersection(b).area for n, a in enumerate(shapes) for b in shapes[:n])
        assert overlap < 1e-6 * sum(shape.area for shape in shapes)
        for unit in Area.objects.filter(level="county", lon__isnull=False):
            assert holding(Point(unit.lon, unit.lat), counties=list(drawn))[0].region == unit.region

    def test_the_drawing_is_small(self):
        self.brought(tolerance=400.0)
        drawn = list(outlines([f"2224{n:02d}" for n in (1, 2, 3, 4, 5, 6, 24, 26)]).values())
        frame = frame_of([one.box for one in drawn], 720)
        assert sum(len(path_of(one.outline, frame)) for one in drawn) < 40_000

    def test_the_command_says_what_it_cost(self):
        asked = ["import", str(REAL), "--datum", "gcj02", "--source", "试验用图", "--code-field", "code"]
        result = CliRunner().invoke(boundaries, asked)
        assert result.exit_code == 0, result.output
        assert "8 outlines" in result.output and "no border moved more than" in result.output
        listed = CliRunner().invoke(boundaries, ["list", "--json"])
        assert len(json.loads(listed.output)) == 8
