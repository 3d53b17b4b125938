"""What goes in and out of the API."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct, field

Region = Annotated[
    str,
    Meta(pattern=r"^[1-9][0-9](0000|(?!00)[0-9]{4})((?!000)[0-9]{3}){0,3}$", examples=["222403001001001"]),
]
Text = Annotated[str, Meta(pattern=r"^[^\u0000]*$")]
Hash = Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
Moment = Annotated[datetime, Meta(tz=True)]


class Given(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A body: a field nobody knows is refused, so that a misspelt one is not lost."""


class PhotoGiven(Given):
    """A photo handed in before at /photos."""

    sha256: Hash
    purpose: Literal["before", "after"] = "before"


class ReporterGiven(Given):
    """Who told, where it is not the caller; only their contact, which is sealed."""

    openness: Literal["named", "confidential", "anonymous"] = "named"
    name: Annotated[str, Meta(max_length=60)] = ""
    phone: Annotated[str, Meta(max_length=40)] = ""


class ReportGiven(Given):
    """A hazard as it was found."""

    region: Region
    kind: Annotated[str, Meta(min_length=1, max_length=40)]
    found_at: Moment
    place: Annotated[str, Meta(max_length=120)] = ""
    note: Annotated[str, Meta(max_length=500)] = ""
    site: Annotated[str, Meta(max_length=40)] = ""
    signs: Annotated[list[str], Meta(max_length=9)] = []
    lon: Annotated[float, Meta(ge=-180, le=180)] | None = None
    lat: Annotated[float, Meta(ge=-90, le=90)] | None = None
    datum: Literal["wgs84", "cgcs2000", "gcj02", "bd09"] = "wgs84"
    accuracy: Annotated[float, Meta(ge=0, le=100_000)] | None = None
    fixed: bool = False
    channel: Annotated[str, Meta(max_length=20)] = ""
    reporter: ReporterGiven | None = None
    facts: dict[str, str] = {}
    photos: Annotated[list[PhotoGiven], Meta(max_length=9)] = []


class ActGiven(Given):
    """What a person does to a case; `version` is the one they looked at, `elder` the code it is merged into."""

    act: Annotated[str, Meta(min_length=1, max_length=20, examples=["start"])]
    version: Annotated[int, Meta(ge=1)]
    note: Annotated[str, Meta(max_length=500)] = ""
    photos: Annotated[list[PhotoGiven], Meta(max_length=9)] = []
    department: Annotated[str, Meta(max_length=40)] = ""
    departments: Annotated[list[Annotated[str, Meta(max_length=40)]], Meta(max_length=9)] = []
    body: Region | Literal[""] = ""
    elder: Annotated[str, Meta(max_length=40)] = ""


class KeyGiven(Struct, frozen=True):
    """The key minted where the request was made, so that sending it twice acts once."""

    key: Annotated[str, Meta(min_length=1, max_length=64)] = field(name="Idempotency-Key")


class CaseOf(Struct, frozen=True):
    case_id: UUID


class Filters(Struct, frozen=True, kw_only=True):
    """Which cases; `after` is the cursor of the page before."""

    state: str = ""
    grade: str = ""
    kind: str = ""
    area: Region | Literal[""] = ""
    after: Annotated[str, Meta(max_length=80)] = ""
    language: str = ""


class Hazard(Struct, frozen=True, kw_only=True):
    """A case as lists show it."""

    id: UUID
    code: str
    kind: str
    grade: str
    state: str
    place: str
    county: str
    region: str
    department: str
    body: str
    reported_at: datetime
    due_at: datetime
    due_provisional: bool
    closed_at: datetime | None
    version: int


class Listed(Struct, frozen=True):
    """A page of cases; `after` asks for the next, null on the last."""

    hazards: list[Hazard]
    after: str | None


class Step(Struct, frozen=True, kw_only=True):
    """One step a case took."""

    act: str
    source: str
    target: str
    post: str
    at: datetime
    note: str
    clauses: list[str]


class Attached(Struct, frozen=True, kw_only=True):
    """A photo or paper of a case."""

    id: UUID
    purpose: str
    sha256: str
    at: datetime


class Whole(Hazard, frozen=True, kw_only=True):
    """A case with its story, its files, and what the reader may do next."""

    note: str
    lon: float | None
    lat: float | None
    found_at: datetime
    steps: list[Step]
    files: list[Attached]
    acts: list[str]


class Kept(Struct, frozen=True):
    """A photo that waits for the act that names it."""

    sha256: str
    media_type: str


class Count(Struct, frozen=True):
    """Cases of a state in an area."""

    area: str
    state: str
    n: int


class Counted(Struct, frozen=True):
    counts: list[Count]


class Place(Struct, frozen=True):
    """A unit of the jurisdiction tree."""

    code: str
    level: str
    kind: str
    name: str


class Places(Struct, frozen=True):
    places: list[Place]
    after: str


class Proved(Struct, frozen=True, kw_only=True):
    """An inclusion proof by RFC 6962; `leaf` is the line's text, hashes are hex."""

    algorithm: str
    county: str
    index: int
    size: int
    leaf: str
    leaf_hash: str
    path: list[str]
    root: str
    published: str | None
