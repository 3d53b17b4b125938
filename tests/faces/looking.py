"""Looking at a page as its users must be able to: nothing barred to anybody, nothing cut off."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    # Of all that is well only one example each: its paths are what takes long on a long page.
    "resultTypes": ["violations"],
}
CUT_OFF = """() => {
  const wide = document.documentElement
  const found = wide.scrollWidth > wide.clientWidth ? [`the page is ${wide.scrollWidth} px wide`] : []
  for (const e of document.querySelectorAll("h1,h2,h3,p,a,b,button,label,summary,dt,dd,th,td,li,legend,span")) {
    const style = getComputedStyle(e)
    const hides = style.overflowX !== "visible" && style.overflowX !== "auto" && style.textOverflow !== "ellipsis"
    if (e.offsetParent && hides && e.clientWidth > 1 && e.scrollWidth > e.clientWidth + 1)
      found.push(`${e.tagName} ${e.className}: ${e.innerText.slice(0, 40)}`)
  }
  return found
}"""

SPILLS = """() => [...document.querySelectorAll("body *")].filter(e => {
  const shown = e.clientWidth > 1 && !e.closest("input, pre, .sr, .scroll, details:not([open]) > :not(summary)")
  return shown && getComputedStyle(e).display !== "inline" && e.scrollWidth > e.clientWidth + 1
}).map(e => `${e.tagName}.${e.className}: ${(e.textContent || "").trim().slice(0, 40)}`)"""
# A phone held in gloves, a common one, a tablet on a desk, an office.
WIDTHS = (320, 390, 1024, 1440)


def faults_of(page: Page) -> list[str]:
    """What axe-core finds against the page, each with the element it means."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]


def clipped(page: Page) -> list[str]:
    """Text that does not fit where it stands."""
    cut: list[str] = page.evaluate(CUT_OFF)
    return cut


def spilt(page: Page) -> list[str]:
    """Text that does not fit, and boxes that spill, on every screen from the smallest phone to the office."""
    own = page.viewport_size
    assert own is not None
    found = []
    for width in sorted({own["width"], *WIDTHS}):
        page.set_viewport_size({"width": width, "height": own["height"]})
        found += [f"{width} px: {one}" for one in (*clipped(page), *page.evaluate(SPILLS))]
    page.set_viewport_size(own)
    return found
