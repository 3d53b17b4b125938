"""The days of one's tasks: month and year as tables, and the secret address for one's own calendar."""

import re
from datetime import date

from icalendar import Calendar

from shouwang.domains.duties.models import Feed, Standing
from shouwang.domains.ledger.models import Line
from tests.cast import STREET
from tests.task_story import DAY, ZONE, Street


def subscribed(street: Street, login: str = "cuizhe", language: str = "zh-hans") -> str:
    """The path of a new address, as the page tells it once."""
    text = street.client(login, language).post("/calendar/", {"act": "make"}).content.decode()
    return re.search(r"http://testserver(/calendar/[^<]+\.ics)", text)[1]


def fetched(street: Street, path: str):
    """As a calendar would fetch it: without a session."""
    from django.test import Client

    return Client().get(path)


def test_the_month_shows_each_task_on_its_day_and_the_next_month_what_is_to_come(street_today: Street):
    client, now = street_today.client("cuizhe"), street_today.now.astimezone(ZONE)
    this = client.get(f"/office/tasks/month/?month={now:%Y-%m}").content.decode()
    task = Standing.objects.get(duty="t_meeting", region=STREET, period=f"{now:%Y-%m}")
    assert f"/office/tasks/{task.id}/" in this
    later = f"{now.year + now.month // 12}-{now.month % 12 + 1:02d}"
    coming = client.get(f"/office/tasks/month/?month={later}").content.decode()
    assert "每月研判会" in coming and "未开始" in coming
    assert client.get("/office/tasks/month/?month=9999-99").status_code == 200


def test_the_year_counts_what_is_met_overdue_running_and_to_come(street_today: Street):
    now = street_today.now.astimezone(ZONE)
    text = street_today.client("cuizhe").get("/office/tasks/year/").content.decode()
    assert f"/office/tasks/month/?month={now:%Y-%m}" in text
    assert street_today.client("cuizhe").get("/office/tasks/year/?year=abc").status_code == 200
    next_year = street_today.client("cuizhe").get(f"/office/tasks/year/?year={now.year + 1}").content.decode()
    assert next_year.count('data-label="未开始"><span>1</span>') >= 11


def test_the_address_is_told_once_and_only_its_hash_is_kept(street_today: Street):
    path = subscribed(street_today)
    secret = path.split(".", 1)[1].removesuffix(".ics")
    feed = Feed.objects.get()
    assert secret not in feed.token and len(feed.token) == 64
    assert secret not in street_today.client("cuizhe").get("/calendar/").content.decode()
    assert list(Line.objects.filter(object=feed.id).values_list("act", flat=True)) == ["open_calendar"]


def test_days_and_duties_stand_in_it_and_nothing_about_any_person(street_today: Street):
    answer = fetched(street_today, subscribed(street_today))
    assert answer.headers["Content-Type"].startswith("text/calendar")
    calendar = Calendar.from_ical(answer.content)
    events = list(calendar.walk("VEVENT"))
    assert events and all(type(event.decoded("dtstart")) is date for event in events)
    text = answer.content.decode().replace("\r\n ", "")
    assert "每月研判会" in text and "方案二.8" in text
    for name in ("崔哲", "张志强", "cuizhe", "林美花"):
        assert name not in text


def test_ids_stay_the_same_before_a_period_begins_and_after(street_today: Street):
    path, now = subscribed(street_today), street_today.now

    def ids() -> dict[str, str]:
        found = Calendar.from_ical(fetched(street_today, path).content).walk("VEVENT")
        return {str(event["uid"]): str(event["summary"]) for event in found}

    before = ids()
    assert len(before) == len(set(before))
    street_today.pass_to(now + 32 * DAY)
    assert set(before) <= set(ids())


def test_the_same_days_are_not_sent_twice(street_today: Street):
    path = subscribed(street_today)
    first = fetched(street_today, path)
    from django.test import Client

    again = Client().get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304 and again.content == b""
    assert fetched(street_today, path).content == first.content


def test_each_speaks_its_owners_language(street_today: Street):
    korean = fetched(street_today, subscribed(street_today, "linmeihua", "zh-hans")).content.decode()
    assert "소방임무" in korean


def test_a_wrong_address_an_ended_one_and_one_of_somebody_who_left_are_not_there(street_today: Street):
    path = subscribed(street_today)
    assert fetched(street_today, path[:-6] + "xx.ics").status_code == 404
    assert fetched(street_today, "/calendar/222403.ics").status_code == 404
    newer = subscribed(street_today)
    assert fetched(street_today, path).status_code == 404 and fetched(street_today, newer).status_code == 200
    assert street_today.client("cuizhe").post("/calendar/", {"act": "end"}).status_code == 303
    assert fetched(street_today, newer).status_code == 404


def test_somebody_elses_address_shows_somebody_elses_tasks_only(street_today: Street):
    mine = fetched(street_today, subscribed(street_today, "liuguozhu")).content.decode().replace("\r\n ", "")
    assert "建立村级消防组织" in mine and "每月研判会" not in mine
    nothing = fetched(street_today, subscribed(street_today, "liuyang")).content.decode()
    assert "BEGIN:VEVENT" not in nothing
