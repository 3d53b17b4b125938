"""Whoever hears the database hears it again after the wire fell silent without an end."""

import asyncio
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from shouwang.gateways.live import ears

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


class Wire:
    """Passes bytes to the database and back, until it falls silent: nothing comes through, and nothing ends."""

    def __init__(self, host: str, port: str) -> None:
        self.host, self.port, self.silent = host, port or "5432", asyncio.Event()

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.host.startswith("/"):
            there = await asyncio.open_unix_connection(f"{self.host}/.s.PGSQL.{self.port}")
        else:
            there = await asyncio.open_connection(self.host, int(self.port))
        silent = self.silent
        with suppress(OSError, asyncio.CancelledError):
            await asyncio.gather(self._pass(reader, there[1], silent), self._pass(there[0], writer, silent))
        there[1].close()
        writer.close()

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, silent: asyncio.Event) -> None:
        while data := await reader.read(65536):
            if not silent.is_set():
                writer.write(data)
                await writer.drain()
        writer.close()

    def fall_silent(self) -> None:
        """Those who hang on it now; whoever comes anew is carried."""
        silent, self.silent = self.silent, asyncio.Event()
        silent.set()


async def hears_again(address: dict[str, object], monkeypatch: pytest.MonkeyPatch) -> list[str]:
    wire, said, deaf = Wire(str(address.get("host", "")), str(address.get("port", ""))), asyncio.Queue(), []
    with tempfile.TemporaryDirectory() as folder:
        server = await asyncio.start_unix_server(wire.carry, str(Path(folder) / ".s.PGSQL.5432"))
        monkeypatch.setattr(ears, "CHECKING", 0.5)
        monkeypatch.setattr(ears, "_address", lambda: address | {"host": folder, "port": "5432"})
        task = asyncio.create_task(ears.listen(heard=lambda _channel, what: said.put_nowait(what), deaf=deaf.append))

        async def tell(what: str) -> str:
            while True:
                assert not task.done(), "the ears are gone"
                async with await psycopg.AsyncConnection.connect(**address, autocommit=True) as mouth:
                    await mouth.execute("SELECT pg_notify(%s, %s)", [ears.ALARMS, what])
                with suppress(TimeoutError):
                    async with asyncio.timeout(0.5):
                        while (word := await said.get()) != what:
                            pass
                        return word

        try:
            async with asyncio.timeout(60):
                found = [await tell("222403")]
                wire.fall_silent()
                found.append(await tell("222400"))
        finally:
            task.cancel()
            server.close()
    assert deaf == [False, True, False]
    return found


def test_a_wire_that_falls_silent_is_made_anew(monkeypatch: pytest.MonkeyPatch):
    address = ears._address()
    # A thread of its own: where browsers ran before, this one has a loop already.
    with ThreadPoolExecutor(1) as apart:
        assert apart.submit(asyncio.run, hears_again(address, monkeypatch)).result() == ["222403", "222400"]
