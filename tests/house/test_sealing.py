"""Whoever seals something says how it is sealed anew when keys rotate, or why it passes by itself."""

import ast

from shouwang.flows.rotate_keys import COLUMNS
from tests.house.sources import code, dotted, name, tree

SEALS = {"encrypt", "shouwang.domains.people.crypto.encrypt", "crypto.encrypt"}
# Module that seals: the columns where that stays, or why there is nothing to seal anew.
SEALED = {
    "src/shouwang/domains/people/one_time_codes.py": {"people.Person.totp"},
    "src/shouwang/domains/people/contacts.py": {"people.Contact.address"},
    "src/shouwang/domains/records/personal.py": {"records.Record.values", "records.Step.earlier"},
    "src/shouwang/domains/hazards/reporters.py": {"hazards.Contribution.identity"},
    "src/shouwang/domains/people/seals.py": {
        "households.Home.address", "households.Resident.told", "volunteers.Member.told", "sites.Site.contact",
        "sites.Site.code", "sites.Taught.people", "peers.Peer.secret",
    },
    "src/shouwang/domains/households/doors.py": {"households.DoorCode.code"},
    "src/shouwang/flows/own_account.py": "a page of some minutes: afterwards it says to scan the picture again",
    "src/shouwang/flows/hold_for_stranger.py": "a photo of seven days: its key cannot be retired before",
    "src/shouwang/flows/hold_table.py": "a file of seven days: its key cannot be retired before",
    "src/shouwang/flows/rotate_keys.py": "seals anew",
    "src/shouwang/config/backup/chunks.py": "a folder of backups has one key for all its life, apart from these",
}
HOME = "src/shouwang/domains/people/crypto.py"
LOW = "src/shouwang/kernel/suites.py"
BACKUP = "src/shouwang/config/backup/chunks.py"
CIPHERS = {LOW: "what every other sealing calls", BACKUP: "streams of a backup, under a key of its own"}


def sealing(path):
    """Whether a module calls what seals, under whatever name it brought it in."""
    brought = {"encrypt"}
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").endswith("crypto"):
            brought |= {alias.asname or alias.name for alias in node.names if alias.name == "encrypt"}
    calls = [dotted(node.func) for node in ast.walk(tree(path)) if isinstance(node, ast.Call)]
    named = [dotted(node) for node in ast.walk(tree(path)) if isinstance(node, ast.Name | ast.Attribute)]
    return any(call.split(".")[-1] in brought for call in [*calls, *named] if call)


def test_every_use_of_encrypt_is_told():
    assert {name(path) for path in code() if sealing(path)} - {HOME, LOW} == set(SEALED)


def test_every_column_told_is_rotated_and_every_rotated_column_is_told():
    told = set().union(*(columns for columns in SEALED.values() if isinstance(columns, set)))
    assert {f"{column.model._meta.label}.{column.name}" for column in COLUMNS} == told


def test_ciphers_are_known_where_they_are_told():
    """A cipher used past `encrypt` would not be seen above."""
    users = {
        name(path)
        for path in code()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Import | ast.ImportFrom)
        and any("ciphers" in part for part in [getattr(node, "module", "") or "", *(a.name for a in node.names)])
    }
    assert LOW in users
    assert users <= set(CIPHERS)
