"""The pack of a place: the shipped one with what its offices adopted, under a version of its own (本地政策包)."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import msgspec

from shouwang.policy.layering import Layer
from shouwang.policy.local_tables import LocalTable, laid_over
from shouwang.policy.pack import Pack

LENGTH = 10


def local_pack(pack: Pack, given: Mapping[str, Sequence[Layer]], *, on: date) -> Pack:
    """`given` are the layers of each parameter, the highest office first. The version tells two such packs
    apart, and changes too on the day a value begins to stand, so that duties are judged anew then."""
    known = {name: layers for name, layers in given.items() if name in pack.parameters and any(layers)}
    if not known:
        return pack
    found = pack.with_layers(known)
    told = [(name, found.parameters[name].values, found.value(name, on=on).since) for name in sorted(known)]
    return _told_apart(found, msgspec.json.encode(told))


def with_tables(pack: Pack, given: Mapping[str, Sequence[Sequence[LocalTable]]], *, on: date) -> Pack:
    """The pack with the tables offices adopted; its version changes with them, and on the day one begins to stand."""
    known = {name: layers for name, layers in given.items() if name in pack.tables and any(layers)}
    if not known:
        return pack
    tables = {name: laid_over(pack.tables[name], layers) for name, layers in known.items()}
    told = [(name, str(tables[name].editions), str(tables[name].edition(on))) for name in sorted(tables)]
    return _told_apart(replace(pack, tables={**pack.tables, **tables}), msgspec.json.encode(told))


def _told_apart(pack: Pack, told: bytes) -> Pack:
    """Under a version of its own; what was laid over before is part of it."""
    shipped, _, before = pack.version.partition("+")
    digest = hashlib.sha256(before.encode() + told).hexdigest()[:LENGTH]
    return replace(pack, version=f"{shipped}+{digest}")
