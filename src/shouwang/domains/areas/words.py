"""Words of the areas room: kinds, columns, and why a row was kept out, in the reader's language."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from shouwang.policy.area_kinds import AreaKind, spoken
from shouwang.policy.areas import Refusal

GRID_DIGITS = 15
KINDS: Mapping[str, Promise] = {
    AreaKind.PREFECTURE: _("Prefecture"),
    AreaKind.CITY: _("City"),
    AreaKind.COUNTY: _("County"),
    AreaKind.DISTRICT: _("District"),
    AreaKind.BANNER: _("Banner"),
    AreaKind.STREET: _("Subdistrict"),
    AreaKind.TOWN: _("Town"),
    AreaKind.TOWNSHIP: _("Township"),
    AreaKind.ETHNIC_TOWNSHIP: _("Ethnic township"),
    AreaKind.SUMU: _("Sumu"),
    AreaKind.FOREST_BUREAU: _("Forestry bureau"),
    AreaKind.FARM: _("Farm"),
    AreaKind.DEVELOPMENT_ZONE: _("Development zone"),
    AreaKind.COMMUNITY: _("Community"),
    AreaKind.VILLAGE: _("Village"),
    AreaKind.GACHA: _("Gacha"),
    AreaKind.FOREST_SECTION: _("Forest farm settlement"),
    AreaKind.FARM_SECTION: _("Farm settlement"),
    AreaKind.NATURE_RESERVE: _("Nature reserve"),
    AreaKind.GRID: _("Grid"),
}
COLUMNS: Mapping[str, Promise] = {
    "": _("row of the table"),
    "code": _("region code"),
    "kind": _("kind of unit"),
    "zh": _("Chinese name"),
    "ko": _("Korean name"),
    "lon": _("longitude"),
    "lat": _("latitude"),
    "datum": _("coordinate system"),
    "year": _("year of the list"),
    "civil_code": _("civil-affairs code"),
    "civil_year": _("year of the civil-affairs list"),
    "since": _("day it was set up"),
    "until": _("day it was dissolved"),
    "merged_into": _("merged into"),
    "act": _("change"),
    "into": _("goes on as"),
    "parts": _("parts"),
    "geometry": _("outline"),
    "successor": _("who goes on with the old cases"),
    "document": _("document number"),
    "source": _("source of the row"),
    "ko_source": _("source of the Korean name"),
    "point_source": _("source of the coordinates"),
}
REASONS: Mapping[str, Promise] = {
    "not_a_table": _("The file is not a CSV table in UTF-8 or GB 18030."),
    "no_column": _("The table lacks this column."),
    "column_twice": _("The table has this column twice."),
    "too_many_cells": _("The row has more cells than the table has columns."),
    "missing": _("Nothing is entered."),
    "too_long": _("At most {limit} characters."),
    "not_a_code": _("{value} is not a region code of 6, 9, 12 or 15 digits."),
    "repeated": _("Line {line} has the same code."),
    "kind_unknown": _("{value} is not a kind of unit."),
    "kind_unclear": _("The name {value} does not tell what kind of unit it is: enter the kind."),
    "kind_not_here": _("A unit with the code {code} cannot be of this kind."),
    "not_a_number": _("{value} is not a number in degrees."),
    "out_of_range": _("{value} is not between {low} and {high} degrees: are the two swapped?"),
    "half_a_point": _("A place needs both longitude and latitude."),
    "datum_unknown": _("{value} is not known: enter WGS-84, CGCS2000, GCJ-02 or BD-09."),
    "not_a_year": _("{value} is not a year."),
    "not_a_day": _("{value} is not a day such as 2024-06-11."),
    "ends_before_start": _("The unit would end before it starts."),
    "into_itself": _("A unit cannot merge into itself."),
    "merge_needs_day": _("A merger needs the day from which it holds."),
    "outside_territory": _("{code} lies outside the area of your post."),
    "no_parent": _("The unit above, {code}, is neither in the table nor on record."),
    "older_list": _("The list of {value} is older than the one on record ({held})."),
    "no_target": _("{code} is neither in the table nor on record."),
    "merge_circle": _("{code} itself merged into this unit."),
    "act_unknown": _("{value} is not a change: enter merge, split, rename or rerank."),
    "one_at_a_time": _("Only a merger may name several units."),
    "not_on_record": _("No area is on record under {code}."),
    "ended_already": _("{code} has been no more since {day}."),
    "before_it_was": _("{code} was set up only on {day}."),
    "level_differs": _("Both must stand on the same level as {code}."),
    "taken_already": _("{code} is the code of another unit."),
    "name_needed": _("{code} is new: enter its name."),
    "too_few_parts": _("Name at least two parts, or one part beside the unit that stays."),
    "part_twice": _("A part is named twice."),
    "no_successor": _("Say which part goes on with the old cases, or that the level above does."),
    "successor_stays": _("{code} stays and keeps its own cases."),
    "same_name": _("It is called {value} already."),
    "same_kind": _("It is of this kind already."),
    "not_boundaries": _("The file is neither GeoJSON nor a zipped shapefile."),
    "no_shapefile": _("The zip holds no shapefile that can be read: .shp and .dbf are needed."),
    "too_large": _("The file is too large."),
    "no_such_area": _("{code} fits no area on record, neither by code nor by name."),
    "name_of_several": _("{code} is the name of several areas: give the code."),
    "outline_twice": _("{code} has an outline in this file already."),
    "lies_in_another": _("The outline lies within that of another area on the same level."),
    "no_area_in_it": _("The feature encloses no area."),
    "not_in_degrees": _("The numbers are not degrees in China: is the file in a projection?"),
    "not_yet": _("Without a new code this is entered on its day, {day}, or later."),
}


def say(refusal: Refusal) -> str:
    """Why a row was kept out, as a sentence."""
    return str(REASONS[refusal.reason]).format(**refusal.params)


def unnamed(code: str) -> str:
    """A grid nobody has named goes by its number, 第3网格; any other code stands for itself."""
    return gettext("Grid %(n)s") % {"n": int(code[-3:])} if len(code) == GRID_DIGITS else code


def called(zh: str, ko: str) -> str:
    """A unit's name for the reader; where no Korean name is published the Chinese one stands."""
    return ko if ko and get_language() == "ko" else spoken(zh)
