"""People with phones: signed in on a served street, in their language, on a screen of their width."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from shouwang.faces.sign_in import COOKIE
from tests.faces.looking import RULES
from tests.faces.stage import BEFORE, Stage

# Text that does not fit its box, and things to tap that a glove misses.
CLIPPED = """() => [...document.querySelectorAll("body *")].filter((one) => {
  const box = one.getBoundingClientRect(), style = getComputedStyle(one);
  if (!box.width || one.closest(".sr, .skip, input[type=file]") || style.position === "absolute") return false;
  const cut = style.overflow !== "visible" && (one.scrollWidth > one.clientWidth + 1);
  return cut || box.right > innerWidth + 1 || box.left < -1;
}).map((one) => one.outerHTML.slice(0, 120))"""
SMALL = """() => [...document.querySelectorAll("main a, main button, main summary, main label, nav a, header a")]
  .filter((one) => !one.closest(".clause, .skip, .photos, .t, p:not(.tongues, .row):not(:has(> .btn))"))
  .filter((one) => one.offsetParent && !one.matches(".field > label"))
  .map((one) => [one.getBoundingClientRect(), one.outerHTML.slice(0, 120)])
  .filter(([box]) => box.height < 47.5).map(([box, words]) => `${Math.round(box.height)} ${words}`)"""


class Phone:
    """One person's phone."""

    def __init__(self, page: Page, stage: Stage, address: str) -> None:
        self.page, self.stage, self.address, self.taps = page, stage, address, 0

    def sign_in(self, login: str, language: str = "zh-hans") -> "Phone":
        told = {COOKIE: self.stage.token(login), "language": language}
        self.page.context.add_cookies([{"name": k, "value": v, "url": self.address} for k, v in told.items()])
        return self

    def speak(self, language: str) -> "Phone":
        self.page.context.add_cookies([{"name": "language", "value": language, "url": self.address}])
        return self

    def open(self, path: str = "/phone/") -> "Phone":
        self.page.goto(path)
        return self

    def photograph(self, button: str, data: bytes = BEFORE.data) -> None:
        """Tap the button and take a picture: one tap, the rest is the camera's."""
        with self.page.expect_file_chooser() as chooser:
            self.tap(button)
        chooser.value.set_files({"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": data})

    def tap(self, words: str) -> None:
        self.taps += 1
        self.page.get_by_text(words, exact=True).locator("visible=true").first.click()

    def settled(self) -> "Phone":
        """Once the page has asked what it asks by itself."""
        self.page.wait_for_load_state("networkidle")
        return self

    def says(self, words: str) -> bool:
        self.page.get_by_text(words).locator("visible=true").first.wait_for()
        return True

    def faults(self) -> list[str]:
        """What axe finds, what is clipped, what is too small for a glove."""
        found = Axe().run(self.page, options=RULES).response["violations"]
        told = [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]
        return told + self.page.evaluate(CLIPPED) + self.page.evaluate(SMALL)
