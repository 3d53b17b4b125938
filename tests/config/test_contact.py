"""`shouwang contact`: an operator too names only what leads outside, or what was allowed."""

import json

import pytest
from click.testing import CliRunner

from shouwang.config.commands.contact import contact
from shouwang.domains.people.contacts import address_of
from shouwang.domains.people.models import Contact
from tests.cast import COUNTY


def added(address: str, kind: str = "webhook"):
    return CliRunner().invoke(contact, ["add", kind, "--region", COUNTY, "--json"], input=address)


@pytest.mark.django_db
def test_where_it_leads_is_asked_for_before_it_is_kept(settings, tmp_path):
    settings.HOME, settings.KEY_FILE = tmp_path, tmp_path / "keys.json"
    settings.CHANNEL_INNER_HOSTS = ["sms.gov.lan"]
    for inside in ("http://127.0.0.1:9/x", "https://10.0.0.3/sms", "http://printer.lan/", "https://oapi..dingtalk.com/"):
        no = added(json.dumps({"url": inside, "secret": "k"}))
        assert no.exit_code == 1 and "SHOUWANG_CHANNEL_INNER_HOSTS" in no.output and inside not in no.output
    assert not Contact.objects.exists()
    for allowed in ("http://sms.gov.lan:8080/sms", "http://gateway.example/sms"):
        done = added(json.dumps({"url": allowed, "secret": "k"}))
        assert done.exit_code == 0, done.output
        assert address_of(Contact.objects.get(id=json.loads(done.output)["id"]))["url"] == allowed
