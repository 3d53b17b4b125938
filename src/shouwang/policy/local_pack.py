"""The pack of a place: the shipped one with what its offices adopted, under a version of its own (本地政策包)."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import msgspec

from shouwang.policy.layering import Layer
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
    digest = hashlib.sha256(msgspec.json.encode(told)).hexdigest()[:LENGTH]
    return replace(found, version=f"{pack.version}+{digest}")
