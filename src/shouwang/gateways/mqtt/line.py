"""The line to the broker (MQTT连接): a session that outlives us, and nothing acknowledged by itself.

The client library acknowledges by hand only in its own interface, not in the asyncio wrapper around it; and one message
after another, read, kept, acknowledged, needs no event loop.
"""

import logging
import ssl
from collections.abc import Sequence
from typing import Any

from paho.mqtt.client import Client, ConnectFlags, DisconnectFlags, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion, MQTTErrorCode, MQTTProtocolVersion
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode

from shouwang.kernel.mqtt_messages import Came

from .options import Options

QOS, KEEPALIVE = 1, 30
log = logging.getLogger(__name__)


class Line:
    """What came and is not acknowledged yet waits in `waiting`, in its order; `denied` topics nobody lets us read."""

    def __init__(self, options: Options, filters: Sequence[str]) -> None:
        self.options, self.filters = options, list(dict.fromkeys(filters))
        self.waiting: list[tuple[Came, int]] = []
        self.up = False
        self.denied = 0
        self.client = Client(
            CallbackAPIVersion.VERSION2, client_id=options.client, clean_session=False,
            protocol=MQTTProtocolVersion.MQTTv311, manual_ack=True, reconnect_on_failure=False,
        )  # fmt: skip
        self.client.on_connect = self._connected
        self.client.on_disconnect = self._gone
        self.client.on_subscribe = self._granted
        self.client.on_message = self._came
        if options.user:
            self.client.username_pw_set(options.user, options.password or None)
        if options.tls:
            context = ssl.create_default_context(cafile=str(options.ca) if options.ca else None)
            if options.cert:
                context.load_cert_chain(str(options.cert), str(options.key) if options.key else None)
            self.client.tls_set_context(context)

    def open(self) -> None:
        """Raises OSError."""
        # What was not acknowledged comes again over the new line, under a number of that line.
        self.waiting.clear()
        self.client.connect(self.options.host, self.options.port, keepalive=KEEPALIVE)

    def listen(self, seconds: float) -> bool:
        """Wait so long for something to come; False when the line is gone."""
        return self.client.loop(seconds) == MQTTErrorCode.MQTT_ERR_SUCCESS

    def acknowledge(self, count: int) -> None:
        """The oldest of what waits is on disk: the broker may forget it."""
        for came, qos in self.waiting[:count]:
            if qos:
                self.client.ack(came.number, qos)
        del self.waiting[:count]

    def close(self) -> None:
        """The session stays with the broker, and with it what comes while we are away."""
        self.client.disconnect()
        self.up = False

    def _connected(
        self, client: Client, _data: Any, flags: ConnectFlags, reason: ReasonCode, _properties: Properties | None
    ) -> None:
        if reason.is_failure:
            log.error("mqtt: the broker refuses us: %s", reason)
            return
        log.info("mqtt: connected, %s session", "the old" if flags.session_present else "a new")
        client.subscribe([(one, QOS) for one in self.filters])
        self.up = True

    def _gone(
        self, _client: Client, _data: Any, _flags: DisconnectFlags, reason: ReasonCode, _properties: Properties | None
    ) -> None:
        self.up = False
        if reason.is_failure:
            log.warning("mqtt: the line is gone: %s", reason)

    def _granted(
        self, _client: Client, _data: Any, _mid: int, reasons: Sequence[ReasonCode], _properties: Properties | None
    ) -> None:
        self.denied = sum(reason.is_failure for reason in reasons)
        for one, reason in zip(self.filters, reasons, strict=False):
            if reason.is_failure:
                log.error("mqtt: the broker does not let us read %s: %s", one, reason)

    def _came(self, _client: Client, _data: Any, message: MQTTMessage) -> None:
        try:
            topic = message.topic
        except UnicodeDecodeError:
            topic = "?"
        came = Came(
            topic=topic, payload=bytes(message.payload), number=message.mid, again=bool(message.dup),
            retained=bool(message.retain),
        )  # fmt: skip
        self.waiting.append((came, message.qos))
