"""Reads the files of a pack strictly: doubled keys, odd types and missing words are findings (读取)."""

import csv
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec
import yaml

from shouwang.policy.findings import Findings

T = TypeVar("T")
_MISSING = re.compile(r"missing required field `(\w+)`(?: - at `\$\.?(.*)`)?")
_BOOL, _STR = "tag:yaml.org,2002:bool", "tag:yaml.org,2002:str"
_LANGUAGES = {"zh": "Chinese (zh)", "ko": "Korean (ko)", "en": "English (en)"}


# Ten times faster where libyaml is built in, as in every wheel; the same answers.
if TYPE_CHECKING:
    Safe = yaml.SafeLoader
else:
    Safe = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(Safe):
    """PyYAML keeps the last of two equal keys silently; in a rule book that hides a rule."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[object, object]:
        seen: set[object] = set()
        for key_node, _ in node.value:
            if key_node.tag == _BOOL:
                # YAML 1.1 reads the key `on` as true; the keys of a pack are names.
                key_node.tag = _STR
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"'{key}' stands twice", key_node.start_mark
                )
            seen.add(key)
        return super().construct_mapping(node, deep=deep)


def read_yaml(path: Path, findings: Findings) -> Mapping[str, object]:
    try:
        loaded = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        findings.error(path.name, f"is not readable YAML: {_short(error)}")
        return {}
    if not isinstance(loaded, dict):
        findings.error(path.name, "must be a list of names with their contents")
        return {}
    return {str(key): value for key, value in loaded.items()}


def read_csv(path: Path) -> tuple[Mapping[str, str], ...]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return tuple(csv.DictReader(file))


def entries(folder: Path, name: str, findings: Findings) -> Iterator[tuple[str, str, object]]:
    """(where, id, body) of ``name.yaml`` and of every file in the folder ``name/``."""
    paths = [path for path in (folder / f"{name}.yaml",) if path.exists()]
    paths += sorted((folder / name).glob("*.yaml"))
    seen: set[str] = set()
    for path in paths:
        for key, body in read_yaml(path, findings).items():
            where = f"{path.relative_to(folder).as_posix()}: {key}"
            if key in seen:
                findings.error(where, "stands in two files")
            seen.add(key)
            yield where, key, body


def decode(where: str, body: object, type_: type[T], findings: Findings) -> T | None:
    try:
        return msgspec.convert(body, type_, strict=True)
    except msgspec.ValidationError as error:
        findings.error(where, _in_words(str(error)))
        return None


def _in_words(message: str) -> str:
    missing = _MISSING.search(message)
    if missing is None:
        return message[:1].lower() + message[1:].replace("`$.", "`").replace("`", "'")
    name, at = missing.group(1), missing.group(2) or ""
    if name in _LANGUAGES:
        return f"'{at}' has no {_LANGUAGES[name]}"
    return f"'{name}' is missing" + (f" in '{at}'" if at else "")


def _short(error: Exception) -> str:
    return " ".join(str(error).split())
