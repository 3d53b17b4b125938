"""Outlines from a file (GeoJSON, or a shapefile in a zip): each feature with its words and its geometry as given."""

import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

LARGEST = 200_000_000


class NotBoundaries(ValueError):
    """The file is neither; `reason` is a word, said in the reader's language elsewhere."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, kw_only=True)
class Feature:
    """One outline of a file, by its number there."""

    line: int
    words: Mapping[str, str]
    geometry: Mapping[str, Any] = field(default_factory=dict)


def read(content: bytes) -> list[Feature]:
    """Raises NotBoundaries."""
    if content[:2] == b"PK":
        return _shapes(content)
    try:
        told = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError):
        raise NotBoundaries("not_boundaries") from None
    features = told.get("features") if isinstance(told, dict) else None
    if not isinstance(features, list):
        raise NotBoundaries("not_boundaries")
    return [_feature(n, one) for n, one in enumerate(features, start=1)]


def _feature(number: int, one: Any) -> Feature:
    one = one if isinstance(one, dict) else {}
    words = {name: _word(value) for name, value in (one.get("properties") or {}).items()}
    if one.get("id") is not None:
        words.setdefault("id", _word(one["id"]))
    geometry = one.get("geometry")
    return Feature(line=number, words=words, geometry=geometry if isinstance(geometry, dict) else {})


def _shapes(content: bytes) -> list[Feature]:
    """Attributes of Chinese shapefiles are in GB 18030 unless the .cpg beside them says otherwise."""
    import shapefile

    try:
        packed = zipfile.ZipFile(io.BytesIO(content))
    except zipfile.BadZipFile:
        raise NotBoundaries("no_shapefile") from None
    with packed:
        if sum(info.file_size for info in packed.infolist()) > LARGEST:
            raise NotBoundaries("too_large")
        parts = {name.rpartition(".")[2].lower(): name for name in packed.namelist() if "__MACOSX" not in name}
        if not {"shp", "dbf"} <= parts.keys():
            raise NotBoundaries("no_shapefile")
        held = {part: packed.read(parts[part]) for part in ("shp", "dbf", "shx") if part in parts}
        said = packed.read(parts["cpg"]).decode("ascii", "ignore").strip() if "cpg" in parts else ""
    for encoding in dict.fromkeys(filter(None, (_codec(said), "utf-8", "gb18030"))):
        try:
            files = {part: io.BytesIO(data) for part, data in held.items()}
            with shapefile.Reader(**files, encoding=encoding) as reader:
                return [_shape(n, one) for n, one in enumerate(reader.iterShapeRecords(), start=1)]
        except (UnicodeDecodeError, LookupError, shapefile.dbfFileException):
            continue
        except (shapefile.ShapefileException, OSError, ValueError):
            raise NotBoundaries("no_shapefile") from None
    raise NotBoundaries("no_shapefile")


def _shape(number: int, one: Any) -> Feature:
    words = {name: _word(value) for name, value in one.record.as_dict().items()}
    return Feature(line=number, words=words, geometry=dict(one.shape.__geo_interface__))


def _codec(said: str) -> str:
    return "gb18030" if said.upper() in {"936", "CP936", "GBK", "GB2312"} else said


def _word(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).strip().strip("\0")


def named_fields(features: Iterable[Feature]) -> list[str]:
    """Every field the file has, for whoever must say which one holds the code."""
    return list(dict.fromkeys(name for one in features for name in one.words))
