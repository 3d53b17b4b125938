"""A real MQTT broker in a thread of its own, devices that publish to it, and our process that listens."""

import asyncio
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from amqtt.broker import Broker
from amqtt.mqtt.protocol.handler import ProtocolHandler
from amqtt.session import OUTGOING, Session
from paho.mqtt.client import Client
from paho.mqtt.enums import CallbackAPIVersion
from pwdlib import PasswordHash

from shouwang.config.processes import free_port
from tests.gateways.own_process import PATIENCE, OwnProcess, begin, running

WHO = ("shouwang", "a word of the tests")
received_first = ProtocolHandler._handle_qos1_message_flow


async def kept_until_acknowledged(handler: ProtocolHandler, message: Any) -> None:
    """amqtt 0.12.1 forgets what is on its way when the other side is gone, or slow; the standard has it sent again
    [MQTT-4.4.0-1], and so do the brokers people run."""
    if message.direction != OUTGOING:
        return await received_first(handler, message)
    handler.session.inflight_out[message.packet_id] = message
    message.publish_packet = message.build_publish_packet(dup=message.publish_packet is not None)
    waiter = handler._puback_waiters[message.packet_id] = asyncio.Future()
    await handler._send_packet(message.publish_packet)
    message.puback_packet = await waiter
    handler._puback_waiters.pop(message.packet_id, None)
    handler.session.inflight_out.pop(message.packet_id, None)


class Keeper(Broker):
    """And what waited for somebody is told as what it is, not as a retained message [MQTT-3.3.1-9]."""

    async def _publish_session_retained_messages(self, session: Session) -> None:
        handler, some = self._get_handler(session), []
        while handler and not session.retained_messages.empty():
            one = session.retained_messages.get_nowait()
            some.append(asyncio.ensure_future(handler.mqtt_publish(one.topic, one.data, one.qos, retain=False)))
        if some:
            await asyncio.wait(some)


def password_file(folder: Path) -> Path:
    file = folder / "passwords"
    file.write_text(f"{WHO[0]}:{PasswordHash.recommended().hash(WHO[1])}\n")
    return file


@dataclass
class House:
    """The broker; it keeps what it has for who is away, as long as it runs."""

    port: int = field(default_factory=free_port)
    passwords: Path | None = None
    tls: Path | None = None

    def config(self) -> dict[str, Any]:
        listener: dict[str, Any] = {"type": "tcp", "bind": f"127.0.0.1:{self.port}"}
        if self.tls:
            listener |= {"ssl": True, "certfile": str(self.tls), "keyfile": str(self.tls)}
        plugins: dict[str, Any] = {"amqtt.plugins.authentication.AnonymousAuthPlugin": {"allow_anonymous": True}}
        if self.passwords:
            plugins = {"amqtt.plugins.authentication.FileAuthPlugin": {"password_file": str(self.passwords)}}
        return {"listeners": {"default": listener}, "plugins": plugins}

    def run(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self.thread.start()
        asyncio.run_coroutine_threadsafe(self._begin(), self.loop).result(20)

    async def _begin(self) -> None:
        ProtocolHandler._handle_qos1_message_flow = kept_until_acknowledged
        self.broker = Keeper(self.config(), loop=self.loop)
        await self.broker.start()

    def end(self) -> None:
        asyncio.run_coroutine_threadsafe(self.broker.shutdown(), self.loop).result(20)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(10)

    def _client(self) -> Client:
        client = Client(CallbackAPIVersion.VERSION2)
        if self.tls:
            client.tls_set(ca_certs=str(self.tls))
        if self.passwords:
            client.username_pw_set(*WHO)
        client.connect("localhost", self.port)
        return client

    def publish(self, *messages: tuple[str, bytes], retain: bool = False) -> None:
        """What devices say, each at least once; when it returns the broker has it all."""
        client = self._client()
        client.loop_start()
        for topic, payload in messages:
            client.publish(topic, payload, qos=1, retain=retain).wait_for_publish(10)
        client.disconnect()
        client.loop_stop()


@contextmanager
def broker(**more: Any) -> Iterator[House]:
    house = House(**more)
    house.run()
    try:
        yield house
    finally:
        house.end()


@dataclass
class Listener(OwnProcess):
    """`shouwang mqtt`, and what it says."""

    name = "mqtt"
    said: list[str] = field(default_factory=list)

    def start(self, *, until: str = "mqtt: listening") -> None:
        self.said.clear()
        self.process = begin(self.environment, *self.words(), stderr=subprocess.PIPE, text=True)
        threading.Thread(target=self._read, args=(self.process,), daemon=True).start()
        self.wait_for_word(until)

    def wait_for_word(self, word: str) -> None:
        end = time.monotonic() + PATIENCE
        while not any(word in line for line in self.said):
            assert self.process is not None and self.process.poll() is None and time.monotonic() < end, self.said
            time.sleep(0.05)

    def _read(self, process: "subprocess.Popen[str]") -> None:
        assert process.stderr is not None
        self.said.extend(iter(process.stderr.readline, ""))


def listener(environment: dict[str, str]) -> AbstractContextManager[Listener]:
    return running(Listener(environment))
