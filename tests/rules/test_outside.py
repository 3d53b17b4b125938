"""外网地址: an address that leads back into the house is seen through in whatever spelling it comes."""

from ipaddress import ip_address

import pytest

from shouwang.rules.outside import is_mail_address, is_outside, on_the_outside

INWARD = (
    "localhost.", "[::ffff:127.0.0.1]", "0177.0.0.1", "127.1", "0x7f000001", "2130706433", "0x7f.1", "10.0.0.3",
    "192.168.1.1", "172.16.0.9", "169.254.169.254", "100.64.0.1", "0.0.0.0", "127。0。0。1", "１27.0.0.1", "[::1]",  # noqa: S104
    "[fe80::1]", "[fd00::1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "printer.lan", "db.internal", "224.0.0.1",
)  # fmt: skip
MISTYPED = (
    "oapi..dingtalk.com", "xn--.b", "-a.com", "%31%32%37.0.0.1", "1.2.3.4.5.6", "08.1.1.1", "x.com:99999", "[::1", "",
    "name:word@x.com", "x.com\\@127.0.0.1", "x .com", "intranet",
)  # fmt: skip
OUTWARD = ("oapi.dingtalk.com", "OAPI.dingtalk.com.", "8.8.8.8", "[2606:4700::1111]", "消防.中国", "a.b:8443")


@pytest.mark.parametrize("host", [*INWARD, *MISTYPED])
def test_what_leads_inside_or_nowhere_is_no_address(host):
    assert not on_the_outside(f"https://{host}/x")


@pytest.mark.parametrize("host", OUTWARD)
def test_what_is_reached_from_everywhere_is_one_over_https_only(host):
    assert on_the_outside(f"https://{host}/x?token=1") and not on_the_outside(f"http://{host}/x")


def test_an_inner_host_is_reached_where_it_was_allowed_and_no_other():
    assert on_the_outside("https://10.0.0.3:8443/sms", inner=["", " 10.0.0.3 ", "Sms.gov.lan"])
    assert on_the_outside("https://sms.gov.lan/", inner=["Sms.gov.lan"])
    assert not on_the_outside("https://10.0.0.4/sms", inner=["", "10.0.0.3"])
    assert not on_the_outside("https:///x", inner=[""])


@pytest.mark.parametrize(
    ("address", "outside"),
    [("8.8.8.8", True), ("2606:4700::1111", True), ("10.0.0.3", False), ("::1", False), ("64:ff9b::a00:1", False),
     ("64:ff9b::808:808", True), ("2002:7f00:1::", False), ("224.0.0.1", False), ("ff0e::1", False),
     ("2001:0:4136:e378:8000:63bf:3fff:fdd2", False)],
)  # fmt: skip
def test_what_a_name_stands_for_is_looked_at_too(address, outside):
    assert is_outside(ip_address(address)) is outside


def test_a_mail_address_has_text_on_both_sides():
    assert is_mail_address("piao@example.cn")
    assert not any(is_mail_address(text) for text in ("x@", "@x", "x", "a@b@c", "a@b, c@d", "a@b\nBcc: c", "<a@b>"))
