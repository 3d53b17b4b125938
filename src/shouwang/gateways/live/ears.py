"""Hearing the database (LISTEN): what another process committed wakes this one; a lost connection is made anew."""

import asyncio
import logging
from collections.abc import Callable
from typing import Any

import psycopg
from django.db import connection

# Told by whoever commits alarms, and by a gateway once signals are on disk.
ALARMS, SIGNALS = "shouwang_alarms", "shouwang_signals"
CHECKING = 10.0
log = logging.getLogger(__name__)


async def listen(*, heard: Callable[[str, str], None], deaf: Callable[[bool], None]) -> None:
    """Call `heard(channel, payload)` for ever; `deaf` says whether nothing can be heard just now."""
    while True:
        try:
            async with await psycopg.AsyncConnection.connect(**_address(), autocommit=True) as wire:
                for channel in (ALARMS, SIGNALS):
                    await wire.execute(f"LISTEN {channel}")
                deaf(False)
                await _hear(wire, heard)
        except (psycopg.Error, TimeoutError) as error:
            log.warning("the database cannot be heard; trying again: %s", str(error) or "no answer in time")
        deaf(True)
        await asyncio.sleep(1)


async def _hear(wire: psycopg.AsyncConnection[Any], heard: Callable[[str, str], None]) -> None:
    """Until the connection breaks. One that went without a word is found by asking."""
    while True:
        async for told in wire.notifies(timeout=CHECKING):
            heard(told.channel, told.payload)
        async with asyncio.timeout(CHECKING):
            await wire.execute("SELECT 1")


def _address() -> dict[str, Any]:
    """Where Django's own connections lead, without its pool."""
    found = {
        "dbname": connection.settings_dict["NAME"],
        "user": connection.settings_dict["USER"],
        "password": connection.settings_dict["PASSWORD"],
        "host": connection.settings_dict["HOST"],
        "port": connection.settings_dict["PORT"],
    }
    apart = {"server_side_binding", "prepare_threshold", "pool"}
    more = {name: value for name, value in connection.settings_dict["OPTIONS"].items() if name not in apart}
    return {name: value for name, value in (found | more | {"connect_timeout": 5}).items() if value}
