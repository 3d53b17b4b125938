"""A proof on the screen: plain words, a file, and a checker that needs nothing of ours."""

import json
import re
import subprocess
import sys
from pathlib import Path

from django.contrib.staticfiles import finders
from django.utils import timezone

from shouwang.domains.ledger.queries import line_of_act
from shouwang.domains.ledger.services import seal_and_fold
from tests.cast import COUNTY, OUTSIDER
from tests.faces.stage import Stage
from tests.faces.test_work_phone import OWN, says

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "ledger-check.md"


def address(stage: Stage, case: str = "fixed", act: str = "pass") -> str:
    line = line_of_act(COUNTY, stage.cases[case], acts=[act])
    return f"/proof/{COUNTY}/{line.id}/"


def downloaded(stage: Stage) -> dict:
    answer = stage.client("hanxue").get(address(stage).rstrip("/") + ".json")
    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
    return json.loads(answer.content)


def checked(proof: dict, root: str, folder: Path) -> subprocess.CompletedProcess:
    """The checker as the page hands it out, in a Python that knows nothing of this project."""
    script = folder / "check.py"
    script.write_text(Path(finders.find("check.txt")).read_text("utf-8"), "utf-8")
    return subprocess.run(
        [sys.executable, "-I", str(script), root], input=json.dumps(proof), capture_output=True, text=True
    )


def test_the_page_says_in_words_what_was_done_and_that_it_holds(stage: Stage):
    page = stage.client("hanxue").get(address(stage)).content.decode()
    for words in ("复核通过并销案", "网格长", "红旗社区", "未被改动", "外人怎样核验", "python3 check.py"):
        assert words in page
    assert "朴英顺" not in page


def test_a_stranger_confirms_the_file_with_ten_lines(stage: Stage, tmp_path: Path):
    proof = downloaded(stage)
    page = stage.client("hanxue").get(address(stage)).content.decode()
    shown = re.search(r"data-root>([0-9a-f]{64})<", page)[1]
    assert checked(proof, shown, tmp_path).returncode == 0
    forged = {**proof, "leaf": proof["leaf"].replace("pass", "fail")}
    assert checked(forged, shown, tmp_path).returncode != 0
    assert checked(proof, "0" * 64, tmp_path).returncode != 0


def test_the_file_leads_to_the_root_that_the_page_showed_though_others_went_on_meanwhile(stage: Stage, tmp_path: Path):
    client = stage.client("hanxue")
    stage.client("zhangzhiqiang").post(f"/office/hazards/{stage.cases['waiting']}/acts/pass/")
    seal_and_fold(now=timezone.now())
    page = client.get(address(stage, "waiting")).content.decode()
    shown = re.search(r"data-root>([0-9a-f]{64})<", page)[1]
    file = re.search(r'href="([^"]+\.json[^"]*)"', page)[1]
    says(stage.client("liming"), OWN)
    seal_and_fold(now=timezone.now())
    assert shown not in client.get(address(stage, "waiting")).content.decode(), "the present root is another one"
    assert checked(client.get(file).json(), shown, tmp_path).returncode == 0
    assert client.get(f"{file}0000").status_code == 404, "so many lines there are not"


def test_the_checker_handed_out_is_the_one_in_the_document(stage: Stage):
    written = re.search(r"```python\n(.*?)```", DOCUMENT.read_text("utf-8"), re.DOTALL)[1]
    assert Path(finders.find("check.txt")).read_text("utf-8") == written


def test_only_posts_that_may_prove_see_a_proof(stage: Stage):
    for login in ("liming", "sunyulan", "zhoumin", OUTSIDER.login):
        assert stage.client(login).get(address(stage)).status_code == 404
    assert stage.client("cuizhe").get(address(stage)).status_code == 200
    assert stage.client("cuizhe").get(address(stage).replace(COUNTY, "222401")).status_code == 404


def test_an_act_not_sealed_yet_has_a_page_that_says_so(stage: Stage):
    client = stage.client("zhangzhiqiang")
    client.post(f"/office/hazards/{stage.cases['waiting']}/acts/pass/")
    answer = client.get(address(stage, "waiting"))
    assert answer.status_code == 202
    assert "尚未封存" in answer.content.decode()
