"""`shouwang gb26875`: decode, encode."""

import json
import re
from pathlib import Path
from typing import Any

import click

HEX = re.compile(rb"\s*(?:[0-9a-fA-F]{2}\s*)+")


@click.group()
def gb26875() -> None:
    """Frames of GB/T 26875.3-2011, the alarm wire (用户信息传输装置通信协议)."""


@gb26875.command()
@click.argument("source", metavar="HEX|FILE")
@click.option("--json", "as_json", is_flag=True)
def decode(source: str, as_json: bool) -> None:
    """Say what stands in some frames: hexadecimal digits, or a file of those or of bytes as they came."""
    from shouwang.kernel.gb26875.telling import told

    found = told(_bytes_of(source))
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    for one in found:
        click.echo(_line(one))
        for thing in one["objects"]:
            click.echo("  " + ", ".join(f"{name} {value}" for name, value in thing.items()))


def _bytes_of(source: str) -> bytes:
    if HEX.fullmatch(source.encode()):
        return bytes.fromhex("".join(source.split()))
    try:
        raw = Path(source).read_bytes()
    except OSError:
        said = f"{source[:80]!r} is neither hexadecimal digits nor a file"
        raise click.BadParameter(said, param_hint="HEX|FILE") from None
    return bytes.fromhex("".join(raw.decode().split())) if HEX.fullmatch(raw) else raw


def _line(one: dict[str, Any]) -> str:
    if one["serial"] is None:
        return f"REFUSED: {one['error']}"
    start = "ok" if one["ok"] else f"REFUSED: {one['error']}:"
    kind = "" if one["type"] is None else f", type {one['type']}, {one['count']} objects"
    return (
        f"{start} serial {one['serial']}, version {one['version']}, {one['time']}, "
        f"{one['source']} to {one['destination']}, command {one['command']}{kind}"
    )


@gb26875.command()
@click.argument("source", metavar="JSON|FILE")
def encode(source: str) -> None:
    """Print the hexadecimal digits of frames told as `decode --json` tells them; - reads from standard input."""
    from shouwang.kernel.gb26875.telling import frame_of

    text = source if source.lstrip().startswith(("{", "[")) else _text_of(source)
    try:
        asked = json.loads(text)
        for one in asked if isinstance(asked, list) else [asked]:
            click.echo(frame_of(one).hex())
    except ValueError as error:
        raise click.ClickException(str(error)) from None


def _text_of(name: str) -> str:
    """What a file says, or standard input."""
    try:
        with click.open_file(name) as opened:
            return str(opened.read())
    except OSError as error:
        raise click.BadParameter(f"{name!r}: {error.strerror}", param_hint="JSON|FILE") from None


@gb26875.command()
@click.option("--sites", default=20, show_default=True, help="Transmission devices, each on a line of its own.")
@click.option("--rate", default=5.0, show_default=True, help="Reports of all of them a second.")
@click.option("--seconds", default=30.0, show_default=True)
@click.option("--storm", default=0.0, show_default=True, help="Seconds between power cuts that all report; 0: none.")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=26875, show_default=True)
@click.option("--seed", default=2023, show_default=True, help="The same seed makes the same field.")
@click.option("--json", "as_json", is_flag=True)
def simulate(**asked: Any) -> None:
    """Let a field of devices speak to a gateway: reports, beats, repetitions, wrong clocks, storms."""
    import asyncio
    from datetime import UTC, datetime

    from shouwang.simulation.field import Field, live

    as_json = asked.pop("as_json")
    field = Field(storm_every=asked.pop("storm"), **asked)
    try:
        tally = asyncio.run(live(field, now=lambda: datetime.now(UTC)))
    except OSError as error:
        raise click.ClickException(f"no gateway at {field.host}:{field.port}: {error.strerror or error}") from None
    waits = sorted(tally.waits)
    told = {name: value for name, value in vars(tally).items() if name != "waits"} | {
        "wait_p50_ms": round(waits[len(waits) // 2] * 1000, 1) if waits else None,
        "wait_p99_ms": round(waits[int(len(waits) * 0.99)] * 1000, 1) if waits else None,
    }
    click.echo(json.dumps(told) if as_json else ", ".join(f"{name} {value}" for name, value in told.items()))
