"""The gateway behind TLS and a list of addresses; and a simulated field of devices that speaks to it."""

import json
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from shouwang.config.embedded import start
from shouwang.config.processes import command, free_port
from shouwang.kernel.gb26875.frames import Command
from tests.gateways.gateway_story import Caller, Gate, gate, rows
from tests.kernel.gb26875_story import alarm
from tests.served import environment_in

pytestmark = [pytest.mark.database, pytest.mark.slow]
SERIALS = "SELECT serial FROM devices_signal WHERE source = '1020' ORDER BY serial"


@pytest.fixture(scope="module")
def house(tmp_path_factory) -> Iterator[tuple[Gate, int, Path, str]]:
    """A gateway that knows a certificate and lets in this machine's second address, and some others."""
    for environment in environment_in(tmp_path_factory.mktemp("guarded") / "home"):
        url = environment.get("SHOUWANG_DATABASE_URL") or start(Path(environment["SHOUWANG_HOME"]))
        for words in (("migrate",), ("areas", "import", "--pack")):
            subprocess.run(command(*words), env=environment, check=True, stdout=subprocess.DEVNULL)
        port, cert = free_port(), certificate(tmp_path_factory.mktemp("tls"))
        tls = {
            "SHOUWANG_GATEWAY_TLS_PORT": str(port), "SHOUWANG_GATEWAY_TLS_CERT": str(cert),
            "SHOUWANG_GATEWAY_ALLOW": "127.0.0.2, 10.9.0.0/16",
        }  # fmt: skip
        with gate({**environment, **tls}) as found:
            yield found, port, cert, url


def test_over_tls_and_from_listed_addresses_only(house):
    gate_, port, cert, url = house
    context = ssl.create_default_context(cafile=cert)
    wire = socket.create_connection(("127.0.0.1", port), 5, source_address=("127.0.0.2", 0))
    with context.wrap_socket(wire, server_hostname="localhost") as line:
        line.settimeout(5)
        line.sendall(alarm(1, source=1020))
        assert line.recv(2000)[26] == Command.CONFIRM
    with socket.create_connection(("127.0.0.1", port), 5, source_address=("127.0.0.2", 0)) as plain:
        plain.settimeout(5)
        with suppress(ConnectionError):
            plain.sendall(alarm(2, source=1020))
            assert plain.recv(2000)[:2] != b"@@", "nothing is read past TLS"
    with suppress(ConnectionError):
        assert Caller(gate_.port).send(alarm(3, source=1020)).hear(seconds=1) == [], "no address of the list"
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as stranger:
        stranger.settimeout(1)
        stranger.sendto(alarm(4, source=1020), ("127.0.0.1", gate_.port))
        with pytest.raises(TimeoutError):
            stranger.recv(2000)
        friend = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        friend.bind(("127.0.0.2", 0))
        friend.settimeout(5)
        friend.sendto(alarm(5, source=1020), ("127.0.0.1", gate_.port))
        assert friend.recv(2000)[26] == Command.CONFIRM
        friend.close()
    assert rows(url, SERIALS) == [(1,), (5,)]


def test_a_field_of_devices_is_simulated_and_every_report_kept_once(house):
    guarded, _port, _cert, url = house
    [(before,)] = rows(url, "SELECT count(*) FROM devices_signal")
    words = ("gb26875", "simulate", "--sites", "8", "--rate", "60", "--seconds", "4", "--storm", "2", "--json")
    with gate({**guarded.environment, "SHOUWANG_GATEWAY_ALLOW": "", "SHOUWANG_GATEWAY_TLS_PORT": "0"}) as open_:
        at = ("--port", str(open_.port))
        done = subprocess.run(command(*words, *at), env=open_.environment, capture_output=True, text=True, check=True)
    told = json.loads(done.stdout)
    assert told["sent"] >= 100 and told["acknowledged"] == told["sent"], told
    [(after,)] = rows(url, "SELECT count(*) FROM devices_signal")
    assert 0 < after - before <= told["sent"], "repetitions are kept once"


def certificate(folder: Path) -> Path:
    """A certificate that signed itself, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    path = folder / "gateway.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path
