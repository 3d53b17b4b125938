"""`shouwang demo`: two simulated months of a prefecture, served; or told once, checked and put away."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import httpx

from shouwang.config.processes import Family, PortTaken, check_port, command, free_port

HOST = "127.0.0.1"
HALF_LIVED = "demo-half-lived"
# Two months.
DAYS = 61
# The transmission devices of the simulated places, of which one says something about twice a minute.
FIELD = ("gb26875", "simulate", "--sites", "32", "--rate", "0.03", "--seconds", "1e9")


@click.command()
@click.option("--once", is_flag=True, help="In a throw-away folder: check the main job, print it, exit.")
@click.option("--port", default=8000, show_default=True)
@click.option("--days", default=DAYS, show_default=True, help="How long it has lived when it opens.")
@click.option("--json", "as_json", is_flag=True, help="With --once: print the result as JSON.")
def demo(once: bool, port: int, days: int, as_json: bool) -> None:
    """Serve a prefecture with two simulated months of work."""
    os.environ["SHOUWANG_DEMO"] = "1"
    if once:
        with throw_away_home() as home:
            tell_once(home, days=days, as_json=as_json)
        return
    home = Path(os.environ.setdefault("SHOUWANG_HOME", str(Path.cwd() / ".shouwang")))
    try:
        check_port(HOST, port)
    except PortTaken as taken:
        raise click.ClickException(str(taken)) from None
    serve_until_stopped(home, port, days=days)


def say(words: str) -> None:
    click.echo(f"demo: {words}", err=True)


@contextmanager
def throw_away_home() -> Iterator[Path]:
    """A folder and an embedded database that are gone afterwards, whatever the environment says."""
    home = Path(tempfile.mkdtemp(prefix="shouwang-once-"))
    os.environ.pop("SHOUWANG_DATABASE_URL", None)
    os.environ["SHOUWANG_HOME"] = str(home)
    try:
        yield home
    finally:
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def standing_database(home: Path) -> Iterator[None]:
    """Hold the database while the demo runs, and leave none behind."""
    from shouwang.config.embedded import stop_if_unused

    say("starting the database")
    import django

    django.setup()
    (home / "static").mkdir(exist_ok=True)
    try:
        yield
    finally:
        from django.db import connections

        connections.close_all()
        if not os.environ.get("SHOUWANG_DATABASE_URL"):
            stop_if_unused(home)


def prepare(family: Family, *, days: int) -> None:
    """Tables, areas and, where nobody acted yet, a simulated life of so many days."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    from shouwang.domains.areas.queries import count_by_level
    from shouwang.domains.hazards.queries import any_case

    if not count_by_level():
        say("loading the areas of the pack")
        run(family, "areas", "import", "--pack")
    if not any_case():
        say(f"living through {days} days (two months take about two minutes)")
        mark = Path(os.environ["SHOUWANG_HOME"]) / HALF_LIVED
        mark.touch()
        run(family, "simulate", "--days", str(days))
        mark.unlink()


def start_over_if_interrupted(home: Path) -> None:
    """Put away what an earlier demo left half made; real data never bear its mark."""
    if (home / HALF_LIVED).exists() and not os.environ.get("SHOUWANG_DATABASE_URL"):
        from shouwang.config.embedded import stop_if_unused

        if not stop_if_unused(home):
            raise click.ClickException(f"another demo is still at work in {home}")
        say("the last start was interrupted before its data were complete: starting over")
        shutil.rmtree(home / "postgres", ignore_errors=True)
        (home / HALF_LIVED).unlink()


def run(family: Family, *words: str) -> None:
    done = subprocess.run(command(*words), stdin=subprocess.DEVNULL)
    if family.asked_to_stop:
        raise click.Abort
    if done.returncode:
        raise click.ClickException(f"`shouwang {' '.join(words)}` failed with exit code {done.returncode}")


def start(family: Family, port: int) -> str:
    """Web, worker, live, notify and, if asked for, the alarm gateway with devices, once the web answers."""
    from django.conf import settings

    address, beside = f"http://{HOST}:{port}", free_port(HOST)
    # No web server stands in front of a demo: pages hear of news at a port of its own.
    environment = {**os.environ, "SHOUWANG_LIVE_URL": f"http://{HOST}:{beside}/live/"}
    family.start("worker", command("worker"))
    family.start("web", command("serve", "--host", HOST, "--port", str(port)), environment=environment)
    family.start("live", command("live", "--host", HOST, "--port", str(beside)), environment=environment)
    family.start("notify", command("notify"))
    if settings.GATEWAY:
        family.start("gateway", command("gateway"))
        start_devices(family, settings.GATEWAY_HOST, settings.GATEWAY_PORT)
    if not family.wait_until(lambda: answers(address), seconds=60) and not family.asked_to_stop:
        fallen = family.fallen()
        raise click.ClickException(family.ending(fallen) if fallen else "web did not answer within a minute")
    return address


def start_devices(family: Family, host: str, port: int) -> None:
    """Devices that speak to the gateway, once it listens."""
    if port and family.wait_until(lambda: listens(host, port), seconds=60):
        family.start("devices", command(*FIELD, "--host", host, "--port", str(port)))


def listens(host: str, port: int) -> bool:
    try:
        with socket.create_connection((host, port), timeout=2):
            return True
    except OSError:
        return False


def answers(address: str) -> bool:
    try:
        return httpx.get(address, timeout=2, trust_env=False).status_code < 500
    except httpx.TransportError:
        return False


def serve_until_stopped(home: Path, port: int, *, days: int) -> None:
    start_over_if_interrupted(home)
    with standing_database(home), Family() as family:
        prepare(family, days=days)
        address = start(family, port)
        if not family.asked_to_stop:
            say(f"ready at {address} - demo accounts are on the sign-in page; Ctrl-C stops everything")
        fallen = family.wait()
        why = family.ending(fallen) if fallen else ""
        say("stopping")
    if why:
        raise click.ClickException(why)


def tell_once(home: Path, *, days: int, as_json: bool) -> None:
    begun = time.monotonic()
    with standing_database(home), Family() as family:
        from shouwang.config.golden import tell

        prepare(family, days=days)
        address = start(family, free_port(HOST))
        say("telling the story of one hazard over HTTP")
        told = tell(address)
    click.echo(told.as_json() if as_json else told.as_text(seconds=time.monotonic() - begun))
    if told.faults:
        raise SystemExit(1)
