"""A full outbox (一千条待传): a thousand items with photos kept in a real browser, listed, and handed in one by one."""

import platform
import time
from base64 import b64encode
from pathlib import Path
from typing import Any

import psutil
from django.utils import timezone
from playwright.sync_api import sync_playwright

from bench.callers import callers, grids, spread
from bench.pictures import heavy
from bench.plain import Measured
from bench.printing import Finding
from bench.stage import Stage, say, serving
from shouwang.config.processes import command
from shouwang.domains.hazards.models import Case
from shouwang.faces.sign_in import COOKIE
from tests.browser import CHROMIUM, QUIET

ITEMS = 1000
KEEP = """async ([count, photo, region, action]) => {
  const bytes = Uint8Array.from(atob(photo), (one) => one.charCodeAt(0)), who = document.body.dataset.who;
  const hex = (byte) => byte.toString(16).padStart(2, "0"), begun = performance.now();
  for (let n = 0; n < count; n += 1) {
    const key = [...crypto.getRandomValues(new Uint8Array(16))].map(hex).join("");
    await Outbox.keep({
      key, who, at: Date.now(), turn: Outbox.turn(), form: "report", action, page: action, kind: "通道堵塞",
      fields: { key, region, kind: "exit_blocked", taken: new Date().toISOString() },
      photos: { before: new Blob([bytes], { type: "image/jpeg" }) },
    });
  }
  return performance.now() - begun;
}"""
LIST = "async () => { const begun = performance.now(); await Outbox.all(); return performance.now() - begun; }"


def measure(house: Stage, *, rows: int, seconds: float) -> tuple[dict[str, str], list[Finding]]:
    """`rows` and `seconds` are not used: the outbox is as long as it is, and is handed in to its end."""
    now = timezone.now()
    person = callers("grid_member", spread(grids(), 1), now=now)[0]
    picture = heavy(3)
    with serving(*command("serve", "--port", "{port}"), ready="/") as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        context = browser.new_context(base_url=address, viewport={"width": 390, "height": 844})
        context.add_cookies([{"name": COOKIE, "value": person.token, "url": address}])
        page = context.new_page()
        page.set_default_timeout(900_000)
        page.goto("/phone/")
        page.wait_for_load_state("networkidle")
        before = _memory()
        say(f"keeping {ITEMS} items of {len(picture) / 1024:.0f} kB")
        kept = _kept(page, picture, person.region)
        listed = page.evaluate(LIST)
        while_kept = _memory()
        say("handing them in")
        begun = time.perf_counter()
        left = page.evaluate("Send.flush().then(() => Outbox.all()).then((all) => all.length)")
        sent = time.perf_counter() - begun
        after = _memory()
        browser.close()
    about = {
        "machine": f"{platform.machine()}, Python {platform.python_version()}, one web worker, browser beside it",
        "photo of an item": f"{len(picture) / 1024:.0f} kB",
        "browser, all processes": f"{before:.0f} MB, with all kept {while_kept:.0f} MB, after {after:.0f} MB",
    }
    return about, [
        Finding(work="keep an item", measured=Measured(rate=kept / ITEMS, done=ITEMS), unit="ms"),
        Finding(work=f"list {ITEMS} items", measured=Measured(rate=listed), unit="ms", required=1000),
        Finding(work="hand in an item, browser to receipt", measured=Measured(rate=sent * 1000 / ITEMS), unit="ms"),
        Finding(work="left in the outbox", measured=Measured(rate=left), unit="", required=0),
        Finding(work="items not on record", measured=Measured(rate=ITEMS - Case.objects.count()), unit="", required=0),
        Finding(work="more memory with all kept", measured=Measured(rate=while_kept - before), unit="MB", required=200),
    ]


def _kept(page: Any, picture: bytes, region: str) -> float:
    return float(page.evaluate(KEEP, [ITEMS, b64encode(picture).decode(), region, "/phone/"]))


def _memory() -> float:
    """What the browser's processes hold, in MB."""
    mine = psutil.Process().children(recursive=True)
    browsers = [one for one in mine if Path(CHROMIUM).name in one.name() or "chrom" in one.name()]
    return sum(one.memory_info().rss for one in browsers) / 2**20
