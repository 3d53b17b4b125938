"""任职登记: whoever manages accounts gives posts and ends them, within the area; the gap closes and opens by itself."""

from django.test import TestCase
from django.utils import timezone

from shouwang.domains.ledger.models import Evidence, Line
from shouwang.domains.people.in_post import in_post
from tests.cast import CAST, COMMUNITY, COUNTY, NEXT_STREET, STREET
from tests.cast import enter as enrol
from tests.faces.stage import DAY, Stage, bring_in_the_areas

PAGE = "/office/posts/"


class Posts(TestCase):
    """The areas and the cast; nothing else is needed."""

    @classmethod
    def setUpTestData(cls) -> None:
        now = timezone.now()
        bring_in_the_areas(now)
        cls.town = Stage({member.login: enrol(member) for member in CAST}, {}, now)
        cls.today = timezone.localdate(now)

    def give(self, login: str = "luoping", region: str = NEXT_STREET, **more: object):
        told = {"login": "wangjianguo", "kind": "station_head", "since": self.today.isoformat(), **more}
        return self.town.client(login).post(f"{PAGE}?region={region}", told)

    def held(self, region: str = NEXT_STREET) -> list[tuple[str, str]]:
        return [(one.name, one.kind) for one in in_post([region], on=self.today)[region]]

    def test_a_post_is_given_and_is_evidence_in_the_same_line(self):
        assert self.give().status_code == 302
        assert self.held() == [("王建国", "station_head")]
        line = Line.objects.get(act="appoint", region=NEXT_STREET)
        told = Evidence.objects.get(line=line.id)
        assert (told.kind, told.facts, line.post) == ("people.appointed", {"post": "station_head"}, "security_admin")

    def test_what_does_not_fit_is_said_beside_the_field_and_nothing_typed_is_lost(self):
        page = self.give(login="luoping", region=NEXT_STREET, since="2026-02-30").content.decode()
        assert "王建国" not in self.held() and 'value="wangjianguo"' in page and "2026-02-30" in page
        page = self.give(until=(self.today - DAY).isoformat())
        assert page.status_code == 422 and "任期结束不能早于开始" in page.content.decode()
        told = {"login": "nobody", "kind": "station_head", "since": self.today.isoformat()}
        page = self.town.client("luoping").post(f"{PAGE}?region={NEXT_STREET}", told)
        assert page.status_code == 422 and "没有这个账号" in page.content.decode() and self.held() == []

    def test_a_term_is_ended_on_a_day(self):
        head = next(one for one in in_post([STREET], on=self.today)[STREET] if one.kind == "station_head")
        address = f"{PAGE}{COUNTY}/{head.id}/end/?region={STREET}"
        early = self.town.client("luoping").post(address, {"until": "2020-01-01"})
        assert early.status_code == 422 and "2020-01-01" in early.content.decode()
        assert self.town.client("luoping").post(address, {"until": (self.today - DAY).isoformat()}).status_code == 302
        assert ("张志强", "station_head") not in self.held(STREET)
        assert Evidence.objects.filter(subject=head.id, facts__withdrawn=True).count() == 1

    def test_nobody_else_gives_posts_and_nobody_beyond_the_area(self):
        head = in_post([STREET], on=self.today)[STREET][0]
        for login in ("hanxue", "zhangzhiqiang", "mali", "quanzhenhu", "liuyang", "chenchen"):
            client = self.town.client(login)
            assert client.get(f"{PAGE}?region={STREET}").status_code == 404, login
            assert client.post(f"{PAGE}{COUNTY}/{head.id}/end/?region={STREET}", {}).status_code == 404, login
        client = self.town.client("luoping")
        for region in ("222401", "222401001", "222400", "", "x"):
            assert client.get(f"{PAGE}?region={region}").status_code == 404, region
        assert client.get(f"{PAGE}?region={COMMUNITY}&kind=village_first").status_code == 200
