"""What another edition changes, said for those it concerns; and who answers for it by a signature."""

import json
from datetime import date

import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from shouwang.config.commands.policy import policy
from shouwang.policy.difference import difference
from shouwang.policy.findings import Findings
from shouwang.policy.loading import load
from shouwang.policy.pack_reading import read
from shouwang.policy.signing import SIGNATURE, check_signature, digest_of, sign
from tests.policy.packs import copied, errors

PACK = "yanbian-2023"


def rewritten(folder, file, old, new):
    text = (folder / file).read_text("utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), "utf-8")


def changes(folder):
    pack, _findings = read(folder)
    assert pack is not None
    return {(one.section, one.id): one for one in difference(load(PACK), pack)}


def run(*args):
    return CliRunner().invoke(policy, [str(arg) for arg in args])


def test_the_same_pack_changes_nothing():
    assert difference(load(PACK), load(PACK)) == ()
    assert "nothing changes" in run("diff", PACK, PACK).output


def test_a_value_from_a_day_is_told_with_both_values_and_those_who_work_by_it(tmp_path):
    folder = copied(tmp_path)
    old = "{since: 2012-11-01, value: 3, provenance: standard, source: 公安部令第120号《消防监督检查规定》, mark: H}"
    later = old.replace("2012-11-01, value: 3", "2027-01-01, value: 2")
    rewritten(folder, "parameters/clocks.yaml", old, f"{old}, {later}")
    [one] = changes(folder).values()
    assert (one.section, one.kind, one.since) == ("parameter", "changed", date(2027, 1, 1))
    assert one.what[0].startswith("from 2027-01-01: 3 workdays (standard,")
    assert " -> 2 workdays (standard," in one.what[0]
    assert "county_fire" in one.whom


def test_a_duty_and_a_record_tell_what_is_another_thing(tmp_path):
    folder = copied(tmp_path)
    pack = load(PACK)
    duty = next(one for one in pack.duties.values() if one.modality == "must" and one.ladder)
    file = next(path for path in (folder / "duties").glob("*.yaml") if f"{duty.id}:" in path.read_text("utf-8"))
    head, tail = file.read_text("utf-8").split(f"{duty.id}:", 1)
    changed = tail.replace(f"performer: {duty.performer}", "performer: auditor", 1)
    file.write_text(f"{head}{duty.id}:{changed}", "utf-8")
    found = changes(folder)[("duty", duty.id)]
    assert found.what == (f"done by: {duty.performer} -> auditor",)
    assert {duty.performer, "auditor"} <= set(found.whom)


def test_what_is_gone_and_new_is_told_and_sections_can_be_chosen(tmp_path):
    folder = copied(tmp_path)
    (folder / "tables" / "water-supply.yaml").unlink(missing_ok=True)
    gone = [one for one in changes(folder).values() if one.kind == "gone"]
    other = difference(read(folder)[0], load(PACK))
    assert [(one.section, one.id) for one in gone] == [
        (one.section, one.id) for one in other if one.kind == "new"
    ]
    told = json.loads(run("diff", PACK, folder, "--section", "post", "--json").output)
    assert told["changes"] == [] and told["old"] != told["new"]


@pytest.fixture
def signed(tmp_path):
    folder, key = copied(tmp_path), Ed25519PrivateKey.generate()
    return folder, sign(folder, key, signer="李哲民", office="延边州", on=date(2026, 11, 26))


def test_a_signature_names_who_signed_and_is_no_part_of_the_version(signed):
    folder, signature = signed
    pack, findings = read(folder)
    assert pack is not None and pack.version == load(PACK).version == signature.version[:12]
    said = [one.text for one in findings if one.where == SIGNATURE]
    assert said == [f"signed by 李哲民 (延边州) on 2026-11-26, key {signature.fingerprint}"]
    assert errors(folder) == []


def test_a_pack_changed_after_it_was_signed_is_not_used(signed):
    folder, _signature = signed
    rewritten(folder, "kinds.yaml", "zh: ", "zh: 改")
    assert "signature.yaml: the pack was changed after 李哲民 signed it on 2026-11-26" in errors(folder)


@pytest.mark.parametrize("field, new", [("signer: 李哲民", "signer: 别人"), ("2026-11-26", "2026-11-27")])
def test_nobody_signs_in_anothers_name_or_on_another_day(signed, field, new):
    folder, _signature = signed
    rewritten(folder, SIGNATURE, field, new)
    assert any("did not sign this" in text for text in errors(folder))


def test_only_trusted_keys_count_where_some_are_named(signed):
    folder, signature = signed
    for trusted, faults in (((signature.fingerprint,), 0), (("0" * 16,), 1)):
        findings = Findings()
        check_signature(folder, findings, trusted=trusted)
        assert sum(one.weight == "error" for one in findings.kept) == faults


def test_signing_and_verifying_by_command(tmp_path):
    folder, key = copied(tmp_path), tmp_path / "key.pem"
    who = ("--signer", "李哲民", "--office", "延边州消防救援委员会办公室", "--on", "2026-11-26", "--json")
    assert run("verify", folder).exit_code == 1
    made = run("sign", folder, "--key", key, "--new-key", *who)
    assert made.exit_code == 0 and key.stat().st_mode & 0o077 == 0
    told = json.loads(run("verify", folder, "--json").output)
    assert (told["signer"], told["version"], told["faults"]) == ("李哲民", digest_of(folder), [])
    assert run("verify", folder, "--trust", "0" * 16).exit_code == 1
    again = run("sign", folder, "--key", key, "--new-key", *who)
    assert again.exit_code == 1 and "is there already" in again.output
    (folder / "kinds.yaml").write_text((folder / "kinds.yaml").read_text("utf-8") + "# more\n", "utf-8")
    assert run("verify", folder).exit_code == 1
