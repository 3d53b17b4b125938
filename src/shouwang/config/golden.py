"""The golden story over HTTP: a blocked exit, from the grid member's report to a proof that a stranger checks."""

import json
import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import httpx

from shouwang.config.processes import command
from shouwang.config.story import Told, Unexpected
from shouwang.config.visitor import Page, Visitor
from shouwang.domains.ledger.checkpoints import file_of, read_file
from shouwang.domains.people.demo import DEMO_PASSWORD
from shouwang.simulation.pictures import photo

COUNTY, TOWNSHIP = "222405", "222405105"
SIGN_IN = "/entry/"
CHECKER = Path(__file__).resolve().parent.parent / "faces" / "static" / "check.txt"
# The worker seals, folds and judges in rounds of a third of a second.
PATIENCE = 30.0
Number = tuple[int, int]
CASE = re.compile(r"/done/([0-9a-f-]{36})/")


def tell(address: str) -> Told:
    """Tell the story at `address`; what went wrong stands in `faults`."""
    told = Told()
    try:
        _tell(address, told)
    except (Unexpected, httpx.TransportError) as surprise:
        told.faults.append(str(surprise))
    return told


def _tell(address: str, told: Told) -> None:
    member, staff, head, office = (
        _signed_in(address, f"longjing.{who}")
        for who in ("zhixin.mingdong.1", "zhixin.station", "zhixin.head", "office")
    )
    case = _report(member, told)
    before = _number(office)
    told.step("assigned", _assigned(_act(staff, case, "start")))
    _act(staff, case, "submit", cleared=True, note="通道已清空，无可燃物")
    told.step("rectified", "by the township's station, with an after-photo")
    _nobody_passes_own_work(staff, case, told)
    _act(head, case, "pass", note="现场看过，通道畅通")
    told.step("closed", "re-checked by the head of the station, another person")
    after = _until(lambda: _number(office), lambda number: number != before)
    told.step("number", f"{TOWNSHIP}: {before[0]}/{before[1]} -> {after[0]}/{after[1]} closed in time this month")
    told.expect(after == (before[0] + 1, before[1] + 1), f"the township's number is {after} after {before}")
    _prove(_three_clicks(office, case, told), told)
    _desk(office, told)


def _desk(office: Visitor, told: Told) -> None:
    """The county's alarm desk: what may be a fire, what is out of order, who is on duty."""
    page = office.open("/office/alarms/")
    counts = [int(number) for number in re.findall(r'data-live-count="(\d+)"', page.source)]
    told.expect(bool(counts and counts[0]), "nothing rings on the alarm desk")
    on_duty = re.search(r'id="watch".*?<b>[^<]*</b><span>([^<]+)</span>', page.source, re.DOTALL)
    told.expect(on_duty is not None, "nobody is on duty at the alarm desk")
    told.step("alarm desk", f"{counts[0] if counts else 0} that may be a fire; on duty: {on_duty and on_duty[1]}")


def _signed_in(address: str, login: str) -> Visitor:
    visitor = Visitor(address)
    visitor.sign_in(login, DEMO_PASSWORD, path=SIGN_IN)
    return visitor


def _report(member: Visitor, told: Told) -> str:
    """The three taps of the phone: a photo, a tile, send."""
    page = member.send(
        member.open("/phone/").form(name="kind"),
        {"kind": "exit_blocked", "place": "明东村 3 号楼 2 单元门口"},
        files={"before": ("before.jpg", photo(Random(1), cleared=False), "image/jpeg")},
    )
    found = CASE.search(page.address)
    if found is None:
        raise Unexpected(f"the report ended at {page.address} without a case")
    told.step("reported", f"a blocked exit, from the phone of a grid member: {found[1]}")
    return found[1]


def _act(who: Visitor, case: str, name: str, *, cleared: bool = False, note: str = "") -> Page:
    page = who.open(f"/office/hazards/{case}/")
    form = page.form(action=f"/acts/{name}/")
    shown = photo(Random(2), cleared=True)
    files = {"after": ("after.jpg", shown, "image/jpeg")} if cleared else None
    return who.send(form, {"note": note}, files=files)


def _nobody_passes_own_work(staff: Visitor, case: str, told: Told) -> None:
    page = staff.open(f"/office/hazards/{case}/")
    offered = any(form.action.endswith("/acts/pass/") for form in page.forms)
    told.expect(not offered, "whoever repaired is offered to pass the re-check")
    told.step("own work", "whoever repaired is not offered the re-check")


def _assigned(page: Page) -> str:
    """Who has it and until when, as the case says it."""
    due = re.search(r'class="ahead">.*?datetime="(\d{4}-\d\d-\d\d)', page.source, re.DOTALL)
    if due is None:
        raise Unexpected(f"{page.address} shows no deadline")
    return f"to the township's station, due {due[1]}"


def _number(office: Visitor) -> Number:
    """What the county's page says of the township: closed in time, of how many."""
    page = office.open(f"/board/{COUNTY}/")
    found = re.search(rf'href="/board/{TOWNSHIP}/duties/[^"]*">(\d+)/(\d+)<', page.source)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def _until(look: Callable[[], Number], enough: Callable[[Number], bool]) -> Number:
    end = time.monotonic() + PATIENCE
    seen = look()
    while not enough(seen) and time.monotonic() < end:
        time.sleep(0.5)
        seen = look()
    return seen


def _behind_the_number(office: Visitor, case: str) -> Page:
    """The page of the list behind the number that holds the case."""
    page = office.open(office.open(f"/board/{COUNTY}/").link(f"/board/{TOWNSHIP}/duties/"))
    while not any(f"/hazards/{case}/" in link for link in page.links):
        page = office.open(page.link("after="))
    return page


def _three_clicks(office: Visitor, case: str, told: Told) -> dict[str, object]:
    """From the number to the case, its clause and photo, and to the proof of its last line."""
    page = office.open(_behind_the_number(office, case).link(f"/hazards/{case}/"))
    clause = re.search(r'class="law".*?class="clause">([^<]+)<.*?<p>([^<]+)<', page.source, re.DOTALL)
    if clause is None:
        raise Unexpected(f"{page.address} does not show its clause")
    shown = office.client.get(page.link(f"/files/{case}/"))
    told.expect(shown.headers.get("content-type") == "image/jpeg", "the photo behind the number cannot be seen")
    told.step("three clicks", f"number -> case with its photos and {clause[1]} ({clause[2][:24]}…) -> proof")
    proofs = [link for link in page.links if f"/proof/{COUNTY}/" in link]
    if not proofs:
        raise Unexpected(f"{page.address} has no proof to show")
    subprocess.run(command("ledger", "checkpoint"), check=True, stdout=subprocess.DEVNULL)
    proof: dict[str, object] = office.fetch(office.open(proofs[-1]).link(r"\.json\b"))
    return proof


def _prove(proof: dict[str, object], told: Told) -> None:
    """As a stranger: the ten lines, and a root that did not come with the proof."""
    told.proof = proof
    # Not the newest: while the story is told further lines are sealed and further roots published.
    held = {point["size"]: str(point["root"]) for point in read_file(file_of(COUNTY))}
    root = held.get(proof["size"], "")
    checked = subprocess.run(
        [sys.executable, "-I", str(CHECKER), root], input=json.dumps(proof), capture_output=True, text=True
    )
    told.expect(checked.returncode == 0, f"the stranger's ten lines say: {checked.stderr.strip()}")
    told.step("proof", f"line {proof['index']} of {proof['size']} under {root[:16]}…, checked by ten lines")
    verified = subprocess.run(command("ledger", "verify"), capture_output=True, text=True)
    told.expect(verified.returncode == 0, f"ledger verify: {verified.stdout}")
    told.step("ledger", "every line, row and root verified")
