"""`shouwang gb26875` reads and writes frames for whoever stands at a device with a cable."""

import json

from click.testing import CliRunner

from shouwang.config.commands.gb26875 import gb26875
from tests.kernel.gb26875_story import alarm


def run(*words, text=None):
    return CliRunner().invoke(gb26875, words, input=text)


def test_what_is_decoded_encodes_to_the_same(tmp_path):
    stream = alarm(1, note="走廊") + b"\0\1rubbish" + alarm(2)
    for source in (stream.hex(), stream.hex(" ").upper()):
        first, rubbish, second = json.loads(run("decode", source, "--json").output)
        assert (first["ok"], first["serial"], first["objects"][0]["sort"]) == (True, 1, "fire")
        assert (rubbish["ok"], rubbish["error"], rubbish["serial"]) == (False, "no start mark", None)
    for name, content in (("bytes", stream), ("digits", stream.hex().encode())):
        (tmp_path / name).write_bytes(content)
        assert len(json.loads(run("decode", str(tmp_path / name), "--json").output)) == 3
    keys = ["ok", "error", "serial", "version", "time", "source", "destination", "command", "type", "count", "objects"]
    assert list(first) == keys
    encoded = run("encode", "-", text=json.dumps([first, second])).output.split()
    assert encoded == [alarm(1, note="走廊").hex(), alarm(2).hex()]
    assert run("encode", json.dumps(second)).output.strip() == alarm(2).hex()


def test_it_says_what_it_cannot_read():
    assert "neither hexadecimal digits nor a file" in run("decode", "xyz").output
    assert "1 to 22" in run("encode", '{"type": 2, "objects": []}').output
    assert run("encode", "{").exit_code == 1
    bad = bytearray(alarm(5))
    bad[-3] ^= 1
    assert run("decode", bytes(bad).hex()).output.startswith("REFUSED: wrong checksum")
