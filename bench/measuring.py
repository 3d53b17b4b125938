"""One measurement: the client of its own process against a server, and the statements of one request."""

import json
import subprocess
import sys
from urllib.parse import urlsplit

from bench.plain import Caller, Measured

# More than the web has threads: with one caller each, a thread sleeps while its caller turns round.
CONNECTIONS, WARM_UP = 32, 1.5


def load(
    address: str, path: str, callers: list[Caller], *, method: str = "GET", status: int = 200, seconds: float
) -> Measured:
    """Ask as fast as the server answers. Any other status than `status` ends the benchmark."""
    parts = urlsplit(address)
    plan = {
        "host": parts.hostname, "port": parts.port, "path": path, "method": method, "status": status,
        "seconds": seconds, "warm_up": WARM_UP, "connections": CONNECTIONS,
        "callers": [caller.as_json() for caller in callers],
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "bench.client"],
        input=json.dumps(plan),
        capture_output=True,
        text=True,
        check=True,
    )
    told = json.loads(done.stdout)
    if "unexpected" in told:
        raise RuntimeError(f"{method} {path}: {told['unexpected']}")
    return Measured(**told)


def statements(path: str, caller: Caller, *, body: dict[str, str] | None = None) -> int:
    """How many statements one request sends, sign-in, BEGIN and COMMIT included."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"Authorization": f"Bearer {caller.token}", "Idempotency-Key": "counted"})
    with CaptureQueriesContext(connection) as sent:
        if body is None:
            client.get(path)
        else:
            client.post(path, body, content_type="application/json")
    return len(sent)
