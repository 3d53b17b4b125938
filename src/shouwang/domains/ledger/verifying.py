"""Finding any edit, gap or cut: lines against their leaves and roots, business rows against their lines."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from uuid import UUID

from django.apps import apps
from django.conf import settings

from shouwang.kernel.merkle import Frontier

from .digests import digest_of, enclosed_root, leaf_of
from .models import Checkpoint, Item, Line, Resealing
from .resealing import first_digest, resealings
from .rows import Enclosed, Sealed

CHUNK = 2000
Link = Line | Item | Resealing


@dataclass(frozen=True, kw_only=True)
class Fault:
    """Something that is not as it was sealed; `line` names the act, `what` the finding."""

    what: str
    county: str
    line: str = ""
    detail: str = ""


@dataclass(kw_only=True)
class Report:
    county: str
    sealed: int = 0
    unsealed: int = 0
    rows: int = 0
    checkpoints: int = 0
    root: str = ""
    faults: list[Fault] = field(default_factory=list)


Held = Sequence[Mapping[str, str | int]]


def verify(county: str, *, held: Held = ()) -> Report:
    """Check everything of one county; `held` are checkpoints kept elsewhere (size and root)."""
    report = Report(county=county)
    roots = _roots(county, held)
    report.checkpoints = len(roots)
    _verify_lines(report, roots)
    for model in apps.get_models():
        if issubclass(model, Enclosed):
            _verify_enclosed_lines(report, model)
        elif issubclass(model, Sealed):
            _verify_sealed(report, model)
    _verify_enclosed(report)
    report.unsealed = Line.objects.filter(county=county, position=None).count()
    return report


def _roots(county: str, held: Held) -> dict[int, set[str]]:
    roots: dict[int, set[str]] = {}
    for size, found in Checkpoint.objects.filter(county=county).values_list("size", "root"):
        roots.setdefault(size, set()).add(bytes(found).hex())
    for point in held:
        if point["county"] == county:
            roots.setdefault(int(point["size"]), set()).add(str(point["root"]))
    return roots


def _verify_lines(report: Report, roots: dict[int, set[str]]) -> None:
    """Positions dense, leaves true, roots as published. A cut shows as a root beyond the end."""
    tree = Frontier(algorithm=settings.DIGEST)
    for line in _lines(report.county):
        leaf = leaf_of(line)
        if line.position != tree.size:
            _fault(report, "gap", line, f"position {tree.size} is missing")
            return
        if line.leaf is None or bytes(line.leaf) != leaf:
            _fault(report, "line edited", line, "the line is not what was sealed")
        tree.append(leaf)
        if tree.size in roots and {tree.root().hex()} != roots[tree.size]:
            _fault(report, "root differs", line, f"root of the first {tree.size} lines")
    report.sealed, report.root = tree.size, tree.root().hex()
    for size in sorted(s for s in roots if s > tree.size):
        detail = f"a checkpoint covers {size} lines, {tree.size} are here"
        report.faults.append(Fault(what="truncated", county=report.county, detail=detail))


def _lines(county: str) -> Iterator[Line]:
    return (
        Line.objects.filter(county=county, position__isnull=False)
        .order_by("position")
        .iterator(chunk_size=CHUNK)
    )


def _verify_sealed(report: Report, model: type[Sealed]) -> None:
    """Every business row must be what its newest line says."""
    rows = model._default_manager.filter(county=report.county).order_by("pk")
    for batch in _batches(rows.iterator(chunk_size=CHUNK)):
        chains = _chains(report.county, [row.pk for row in batch])
        for row in batch:
            report.rows += 1
            _verify_row(report, row, chains.get(row.pk, []))


def _verify_row(report: Report, row: Sealed, chain: list[Link]) -> None:
    """The newest line is the one no other line starts from: clocks of two servers may disagree."""
    name = f"{row._meta.label} {row.pk}"
    befores = [one.before for one in chain if isinstance(one, Line | Resealing)]
    started = {bytes(one) for one in befores if one is not None}
    heads = [line for line in chain if bytes(line.after) not in started]
    if not chain:
        report.faults.append(Fault(what="row without line", county=report.county, detail=name))
    elif len(heads) != 1 or started - {bytes(line.after) for line in chain}:
        _fault(report, "chain broken", chain[-1], name)
    elif bytes(heads[0].after) != digest_of(row):
        _fault(report, "row edited", heads[0], name)


def _chains(county: str, objects: list[UUID]) -> dict[UUID, list[Link]]:
    """The lines of each object; one of a bulk act begins with its item there, one sealed anew has links for it."""
    chains: dict[UUID, list[Link]] = {}
    for model in (Item, Resealing, Line):
        for one in model.objects.filter(county=county, object__in=objects).order_by("id"):
            chains.setdefault(one.object, []).append(one)
    return chains


def _batches(rows: Iterator[Sealed]) -> Iterator[list[Sealed]]:
    batch: list[Sealed] = []
    for row in rows:
        batch.append(row)
        if len(batch) == CHUNK:
            yield batch
            batch = []
    if batch:
        yield batch


def _verify_enclosed_lines(report: Report, model: type[Enclosed]) -> None:
    """No append-only row without the line of its act, nor under a line that sealed none."""
    known = Line.objects.filter(county=report.county).exclude(enclosed=b"").values("id")
    orphans = model._default_manager.filter(county=report.county).exclude(line__in=known)
    for row in orphans[:100]:
        detail = f"{model._meta.label} {row.pk}"
        report.faults.append(Fault(what="row without line", county=report.county, detail=detail))


def _verify_enclosed(report: Report) -> None:
    """The append-only rows of every act must be those that its line sealed."""
    models = [m for m in apps.get_models() if issubclass(m, Enclosed)]
    lines = Line.objects.filter(county=report.county).exclude(enclosed=b"").order_by("id")
    buffer: list[Line] = []
    held = 0
    for line in lines.iterator(chunk_size=CHUNK):
        buffer.append(line)
        held += line.count
        if held >= CHUNK:
            _compare(report, buffer, models)
            buffer, held = [], 0
    _compare(report, buffer, models)


def _compare(report: Report, lines: list[Line], models: Iterable[type[Enclosed]]) -> None:
    wanted = [line.id for line in lines]
    rows = [r for m in models for r in m._default_manager.filter(county=report.county, line__in=wanted)]
    rows.sort(key=lambda row: row.line)
    by_line = {key: list(group) for key, group in groupby(rows, key=lambda row: row.line)}
    anew = resealings(report.county, (row.pk for row in rows))
    for line in lines:
        found = by_line.get(line.id, [])
        report.rows += len(found)
        if enclosed_root(found, lambda row: first_digest(row, anew) or b"") != bytes(line.enclosed):
            _fault(report, "row edited", line, f"a row written by {line.room}.{line.act}")


def _fault(report: Report, what: str, line: Link, detail: str) -> None:
    named = line.id if isinstance(line, Line) else line.line
    report.faults.append(Fault(what=what, county=report.county, line=str(named), detail=detail))
