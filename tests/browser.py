"""A real browser: Chromium driven by Playwright; a page with an error on its console fails its test."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

NAMES = ("chromium-headless-shell", "chromium")
CHROMIUM = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), "")
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip
REFUSED = "the server responded with a status of 422"
HEIGHTS = {320: 640, 390: 844, 1440: 900}

Screen = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    assert os.path.exists(CHROMIUM), "Chromium is missing: script/system chromium-headless-shell fonts-noto-cjk"
    # Playwright runs a loop in the test's own thread; the tests themselves stay synchronous.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield started
        started.close()


@pytest.fixture
def screen(browser: Browser) -> Iterator[Screen]:
    """screen(address, width=390, language="zh-CN") opens a page as a person with that screen would.

    Every call is another person: cookies are not shared. `told_no` expects a form to be refused, or what it says.
    """
    contexts, complaints, expected = [], [], []

    def heard(message: ConsoleMessage) -> None:
        if message.type == "error" and not any(one in message.text for one in expected):
            complaints.append(f"{message.location.get('url')}: {message.text}")

    def open_page(
        address: str, *, width: int = 390, language: str = "zh-CN", told_no: bool | str = False, **options: object
    ) -> Page:
        expected.extend([REFUSED if told_no is True else str(told_no)] if told_no else [])
        context = browser.new_context(
            base_url=address,
            viewport={"width": width, "height": HEIGHTS.get(width, 900)},
            has_touch=width < 700,
            locale=language,
            timezone_id="Asia/Shanghai",
            **options,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("console", heard)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield open_page
    for context in contexts:
        with suppress(Exception):
            context.close()
    assert complaints == []
