"""A phone in one hand: who is signed in on it, and a thumb whose taps are counted."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass

from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Locator, Page

from shouwang.faces.sign_in import COOKIE
from tests.browser import HEIGHTS
from tests.faces.stage import AFTER, BEFORE, Stage

Pick = Callable[..., "Phone"]


@dataclass
class Phone:
    """A page on a phone; every tap counts."""

    page: Page
    taps: int = 0

    def tap(self, what: str | Locator) -> None:
        target = self.page.locator(what) if isinstance(what, str) else what
        target.tap()
        self.taps += 1

    def shoot(self, label: str, data: bytes = BEFORE.data) -> None:
        with self.page.expect_file_chooser() as camera:
            self.tap(label)
        camera.value.set_files({"name": "IMG.jpg", "mimeType": "image/jpeg", "buffer": data})
        self.page.wait_for_selector(f"{label} img")

    def photo(self, data: bytes = BEFORE.data) -> None:
        self.shoot("#before", data)

    def photo_after(self) -> None:
        self.shoot("#after", AFTER.data)

    def tile(self, kind: str = "wiring") -> None:
        self.tap(self.page.locator(".tile", has=self.page.locator(f"[value={kind}]")))

    def send(self) -> None:
        self.tap("#send")

    def says(self, name: str) -> Locator:
        """The strip under the bar when it says `name`."""
        return self.page.locator(f"#net[data-says={name}]:not([hidden])")

    def kept(self) -> int:
        return self.page.locator("#stored li").count()

    @property
    def context(self) -> BrowserContext:
        return self.page.context


def picking(browser: Browser, live_server: object, stage: Stage) -> Iterator[Pick]:
    """pick("liming") takes a phone on which 李明 has signed in; other options are the browser's."""
    held: list[BrowserContext] = []

    def take(login: str, *, width: int = 390, language: str = "zh-hans", **options: object) -> Phone:
        address = str(live_server)
        context = browser.new_context(
            base_url=address,
            viewport={"width": width, "height": HEIGHTS[width]},
            has_touch=True,
            timezone_id="Asia/Shanghai",
            **options,
        )
        held.append(context)
        cookies = {settings.LANGUAGE_COOKIE_NAME: language} | ({COOKIE: stage.token(login)} if login else {})
        context.add_cookies(
            [{"name": name, "value": value, "url": address} for name, value in cookies.items()]
        )
        page = context.new_page()
        page.set_default_timeout(15_000)
        return Phone(page)

    yield take
    for context in held:
        with suppress(Exception):
            context.close()
