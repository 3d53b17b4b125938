"""Whether everybody reaches everything: large text, keyboard alone, a thumb in a glove, a voice that reads aloud."""

from collections.abc import Callable

from playwright.sync_api import Page

MOST_TABS = 90
LARGE = """(size) => { document.documentElement.style.fontSize = size; }"""
# Wider than the screen, cut off inside a box, or two things to press that lie over each other.
SPOILT = """() => {
  const wide = document.documentElement, main = document.querySelector("main"), found = [];
  const broad = [wide, main].filter((one) => one.scrollWidth > one.clientWidth + 1);
  found.push(...broad.map((one) => `${one.tagName} is ${one.scrollWidth} px wide`));
  const seen = (one) => one.checkVisibility() && one.getClientRects().length && !one.closest(".sr, .skip");
  for (const one of document.querySelectorAll("body *")) {
    const style = getComputedStyle(one), box = one.getBoundingClientRect();
    if (!seen(one) || style.position === "absolute" || one.matches("img, svg, svg *, input[type=file]")) continue;
    if (box.right > innerWidth + 1 || box.left < -1) found.push(`beside the screen: ${one.outerHTML.slice(0, 100)}`);
    const cut = (way, whole, part) => style[way] !== "visible" && style[way] !== "auto" && whole > part + 2;
    if (cut("overflowX", one.scrollWidth, one.clientWidth) || cut("overflowY", one.scrollHeight, one.clientHeight))
      found.push(`cut off: ${one.outerHTML.slice(0, 100)}`);
  }
  const all = "a[href], button, summary, select, textarea, .tile, .pick, .tick, .shot";
  const press = [...document.querySelectorAll(all)];
  const boxes = press.filter((one) => seen(one) && !one.matches(".t")).map((one) => [one, one.getBoundingClientRect()]);
  const common = (a, b, from, to) => Math.min(a[to], b[to]) - Math.max(a[from], b[from]);
  const rows = (one, other) => one.closest(".item") !== other.closest(".item");
  const apart = (one, other) => one.contains(other) || other.contains(one) || rows(one, other);
  boxes.forEach(([one, a], n) => boxes.slice(n + 1).forEach(([other, b]) => {
    if (!apart(one, other) && common(a, b, "left", "right") > 2 && common(a, b, "top", "bottom") > 2)
      found.push(`over each other: ${one.outerHTML.slice(0, 80)} | ${other.outerHTML.slice(0, 80)}`);
  }));
  return found;
}"""
# What is in focus can be seen: where it lies, nothing else is hit, and it does not hang out of the screen.
OBSCURED = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return ["body", ""];
  const seen = (one.matches("[type=file], [type=radio], [type=checkbox]") && one.closest("label")) || one;
  const box = seen.getBoundingClientRect(), name = one.outerHTML.slice(0, 120);
  const top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);
  const hit = document.elementFromPoint((box.left + box.right) / 2, (top + bottom) / 2);
  const open = hit && (seen.contains(hit) || hit.contains(seen) || one.closest(".item")?.contains(hit));
  const outlined = ({ outlineStyle, outlineWidth }) => outlineStyle !== "none" && parseFloat(outlineWidth) > 0;
  const marked = [one, seen, one.closest(".item") || one].some((part) => outlined(getComputedStyle(part)));
  return [name, bottom - top < 2 ? "out of sight" : !open ? "covered" : !marked ? "not marked" : ""];
}"""
DRAGGED = """() => [...document.querySelectorAll("[draggable=true], input[type=range], [contenteditable]")]
  .concat([...document.querySelectorAll("main *")].filter((one) => /auto|scroll/.test(getComputedStyle(one).overflowX)
    && one.scrollWidth > one.clientWidth + 1 && one.tabIndex < 0)).map((one) => one.outerHTML.slice(0, 120))"""
TINY = """() => [...document.querySelectorAll("a[href], button, summary, select, input:not([type=hidden]), textarea")]
  .filter((one) => one.checkVisibility() && !one.closest(".skip, p, li.why") && !one.closest("label"))
  .map((one) => [one, (one.closest(".item") || one).getBoundingClientRect()])
  .filter(([, box]) => box.width < 23.5 || box.height < 23.5)
  .map(([one, box]) => `${Math.round(box.height)} ${one.outerHTML.slice(0, 100)}`)"""
SPOKEN = {
    "button", "link", "textbox", "checkbox", "radio", "combobox", "listbox", "searchbox", "DisclosureTriangle",
    "spinbutton", "Date", "DateTime", "InputTime",
}  # fmt: skip


def at_twice_the_size(page: Page) -> list[str]:
    page.evaluate(LARGE, "200%")
    found: list[str] = page.evaluate(SPOILT)
    page.evaluate(LARGE, "")
    return [f"large text, {one}" for one in found]


def by_keyboard(page: Page) -> list[str]:
    """Tab from the beginning to the end: each thing is seen where it is."""
    page.evaluate("document.activeElement?.blur?.()")
    found: list[str] = []
    first = ""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        name, fault = page.evaluate(OBSCURED)
        if name in ("body", first):
            break
        first = first or name
        found += [f"in focus but {fault}: {name}"] if fault else []
    return found


def without_a_name(page: Page) -> list[str]:
    """Controls about which a screen reader would say nothing, by the browser's own tree."""
    talk = page.context.new_cdp_session(page)
    nodes = talk.send("Accessibility.getFullAXTree")["nodes"]
    talk.detach()
    spoken = [node for node in nodes if not node["ignored"] and node["role"]["value"] in SPOKEN]
    mute = [node for node in spoken if not node.get("name", {}).get("value", "").strip()]
    return [f"no name: {node['role']['value']}" for node in mute]


def hard_to_hit(page: Page) -> list[str]:
    dragged: list[str] = page.evaluate(DRAGGED)
    tiny: list[str] = page.evaluate(TINY)
    return [f"to be dragged: {one}" for one in dragged] + [f"tiny: {one}" for one in tiny]


def tab_to(page: Page, selector: str) -> None:
    """As somebody without a mouse gets there: Tab, and within a group of choices the arrows."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab never comes to {selector}")


CHECKS: tuple[Callable[[Page], list[str]], ...] = (at_twice_the_size, without_a_name, hard_to_hit)
