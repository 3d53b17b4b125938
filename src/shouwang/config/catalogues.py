"""What the program says, found in its sources, and the catalogues that translate it: one .po a language."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polib
from django.utils.translation.template import templatize

from shouwang.policy.shipped import PACKS

PACKAGE = Path(__file__).resolve().parent.parent
LOCALES = PACKAGE / "locale"
LANGUAGES = ("zh_Hans", "ko")
SINGLE = {"_", "gettext", "gettext_lazy", "gettext_noop"}
PLURAL = {"ngettext", "ngettext_lazy"}
WITH_CONTEXT = {"pgettext", "pgettext_lazy"}
# The pseudo-Python that Django makes of a template; all else in it is noise.
CALL = re.compile(
    r"""\b(?:gettext|ngettext|pgettext|npgettext|_)\((?:[^()'"]|'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")*\)"""
)
PLACEHOLDER = re.compile(r"%\((\w+)\)|\{(\w+)\}")


@dataclass(frozen=True, order=True)
class Message:
    """One thing said: its English text, its plural, what it is about, and where it stands."""

    text: str
    plural: str
    context: str
    place: str


def catalogue_path(language: str) -> Path:
    return LOCALES / language / "LC_MESSAGES" / "django.po"


def messages() -> Iterator[Message]:
    """Everything marked for translation in the sources and templates."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if "migrations" not in path.parts:
            yield from said_in_python(path.read_text("utf-8"), str(path.relative_to(PACKAGE)))
    for path in sorted((PACKAGE / "faces" / "templates").rglob("*.*")):
        yield from said_in_template(path.read_text("utf-8"), str(path.relative_to(PACKAGE)))


def said_in_template(source: str, place: str) -> Iterator[Message]:
    for call in CALL.findall(templatize(source)):
        yield from said_in_python(call, place)


def said_in_python(source: str, place: str) -> Iterator[Message]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and (found := _said_by(node)):
            text, plural, context = found
            yield Message(text, plural, context, place)


def _said_by(call: ast.Call) -> tuple[str, str, str] | None:
    name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
    words = [a.value for a in call.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
    if name in SINGLE and words:
        return words[0], "", ""
    if name in PLURAL and len(words) >= 2:
        return words[0], words[1], ""
    if name in WITH_CONTEXT and len(words) >= 2:
        return words[1], "", words[0]
    if name == "npgettext" and len(words) >= 3:
        return words[1], words[2], words[0]
    return None


def sources() -> list[Path]:
    """Every .po: those of the program, and what packs say in their own words."""
    known = [LOCALES, *sorted(PACKS.glob("*/locale"))]
    return [path for folder in known for path in sorted(folder.glob("*/LC_MESSAGES/django.po"))]


def compile_catalogues() -> list[Path]:
    """Write a .mo beside every .po."""
    made = []
    for source in sources():
        target = source.with_suffix(".mo")
        polib.pofile(str(source)).save_as_mofile(str(target))
        made.append(target)
    return made


def update(language: str) -> tuple[int, int]:
    """Add to a catalogue what the sources say, drop what they no longer say. Returns (added, dropped)."""
    path = catalogue_path(language)
    known = {(e.msgid, e.msgctxt or ""): e for e in polib.pofile(str(path))} if path.exists() else {}
    fresh = polib.POFile(wrapwidth=110)
    fresh.metadata = {
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": language,
        "Plural-Forms": "nplurals=1; plural=0;",
    }
    wanted = _by_key()
    for key, found in wanted.items():
        fresh.append(_entry(found, known.get(key)))
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh.save(str(path))
    return len(wanted.keys() - known.keys()), len(known.keys() - wanted.keys())


def faults(language: str) -> list[str]:
    """Everything that keeps a catalogue from being whole, one line each."""
    path = catalogue_path(language)
    if not path.exists():
        return [f"{language}: there is no {path.relative_to(PACKAGE)}"]
    known = {(e.msgid, e.msgctxt or ""): e for e in polib.pofile(str(path)) if not e.obsolete}
    found = []
    for key, said in _by_key().items():
        entry = known.get(key)
        if entry is None:
            found.append(f"{language}: not in the catalogue: {key[0]!r} ({said[0].place})")
        elif not entry.translated():
            found.append(f"{language}: not translated: {key[0]!r} ({said[0].place})")
        else:
            found += _misfits(language, entry)
    return found


def _misfits(language: str, entry: polib.POEntry) -> list[str]:
    allowed = _names(entry.msgid) | _names(entry.msgid_plural)
    words = [entry.msgstr, *entry.msgstr_plural.values()]
    return [
        f"{language}: {entry.msgid!r} has no value named {', '.join(sorted(_names(text) - allowed))}"
        for text in words
        if _names(text) - allowed
    ]


def _names(text: str) -> set[str]:
    return {a or b for a, b in PLACEHOLDER.findall(text)}


def _by_key() -> dict[tuple[str, str], list[Message]]:
    grouped: dict[tuple[str, str], list[Message]] = {}
    for message in messages():
        grouped.setdefault((message.text, message.context), []).append(message)
    return dict(sorted(grouped.items()))


def _entry(said: list[Message], old: polib.POEntry | None) -> polib.POEntry:
    first = next((m for m in said if m.plural), said[0])
    entry = polib.POEntry(
        msgid=first.text,
        msgid_plural=first.plural,
        msgctxt=first.context or None,
        occurrences=[(place, "") for place in sorted({m.place for m in said})],
    )
    if first.plural:
        earlier = old.msgstr_plural.get(0, "") or old.msgstr if old else ""
        entry.msgstr_plural = {0: earlier}
    elif old:
        entry.msgstr = old.msgstr or old.msgstr_plural.get(0, "")
    return entry
