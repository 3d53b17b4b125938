"""A phone that shows alarms (手机上看到报警): from a frame on the wire to the element drawn in a real browser."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import psycopg
from playwright.sync_api import Page, sync_playwright

from bench.plain import Caller, Measured
from shouwang.faces.sign_in import COOKIE
from tests.browser import CHROMIUM, QUIET

PROBES, FIRST, PLACE = 40, 990_000, "探头"
# When each probe first stood on the page, by the clock of the machine.
WATCH = f"""
window.drawn = {{}};
const look = () => requestAnimationFrame(() => {{
  const shown = document.body?.innerText || "";
  for (const found of shown.matchAll(/{PLACE}(\\d+)/g)) window.drawn[found[1]] ??= Date.now();
}});
new MutationObserver(look).observe(document, {{ childList: true, subtree: true }});
"""


@dataclass
class Phone:
    """The phone of whoever looks after the probes; when each was sent, in seconds."""

    page: Page
    sent: dict[int, float] = field(default_factory=dict)

    def waits(self) -> Measured:
        """How long they took, p50 and p99 in ms; one that was never drawn took for ever."""
        drawn = self.page.evaluate("window.drawn")
        found = sorted(drawn.get(str(number), float("inf")) - at * 1000 for number, at in self.sent.items())
        if not found:
            return Measured(rate=float("inf"))
        return Measured(rate=found[int(len(found) * 0.99)], p50=found[len(found) // 2], done=len(found))


def probes(database: str, region: str) -> None:
    """Detectors of one grid, on the register."""
    with psycopg.connect(database) as connection:
        for number in range(PROBES):
            connection.execute(
                "INSERT INTO devices_device (id, county, region, salt, kind, way, address, profile, operator, place,"
                " site, installer, state, entered_at, version) VALUES (gen_random_uuid(), %s, %s, '', 'smoke_alarm',"
                " 'gb26875', %s, '', '', %s, '', '', 'in_use', clock_timestamp(), 1)",
                [region[:6], region, str(FIRST + number), f"{PLACE}{number}"],
            )  # fmt: skip


@contextmanager
def phone(address: str, holder: Caller) -> Iterator[Phone]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        context = browser.new_context(base_url=address, viewport={"width": 390, "height": 844})
        context.add_cookies([{"name": COOKIE, "value": holder.token, "url": address}])
        context.add_init_script(WATCH)
        page = context.new_page()
        page.goto("/phone/alarms/")
        page.locator("[data-live-state].green").wait_for()
        yield Phone(page)
        browser.close()
