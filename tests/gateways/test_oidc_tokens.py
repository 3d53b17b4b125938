"""Which identity tokens are believed: a small provider on this machine says what a forger would say."""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from time import time

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from shouwang.gateways.oidc import Journey, ProviderFailed, begin, finish

JOURNEY = Journey(state="s", nonce="n-1", verifier="v")
BACK = "https://shouwang.example/entry/oidc/back/"
KEY = RSAKey.generate_key(2048, {"kid": "1"}, private=True)
SECRET = "a secret both of us know, long enough"


class Provider(BaseHTTPRequestHandler):
    """Answers what its server holds ready for a path."""

    def do_GET(self):
        answer = self.server.answers.get(self.path)
        self.send_response(200 if answer is not None else 404)
        self.end_headers()
        self.wfile.write(json.dumps(answer).encode())

    def do_POST(self):
        self.server.asked = (
            self.rfile.read(int(self.headers["Content-Length"])).decode(),
            self.headers["Authorization"],
        )
        self.do_GET()

    def log_message(self, *_):
        pass


@pytest.fixture
def provider(settings, monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    server.metadata = {
        "issuer": address,
        "authorization_endpoint": f"{address}/authorize?tenant=7",
        "token_endpoint": f"{address}/token",
        "jwks_uri": f"{address}/jwks",
        "userinfo_endpoint": f"{address}/userinfo",
        "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
    }
    public = KEY.as_dict(private=False)
    server.answers = {
        "/.well-known/openid-configuration": server.metadata,
        "/jwks": {"keys": [public]},
    }
    settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = address, "shouwang", SECRET
    settings.OIDC_CLAIM = "sub"
    yield server
    server.shutdown()
    server.server_close()


def says(provider, *, key=KEY, algorithm="RS256", **claims):
    """The provider answers with a token of these claims; one that is None is left out."""
    honest = {
        "iss": provider.metadata["issuer"], "aud": "shouwang", "sub": "8f2c", "nonce": "n-1",
        "iat": int(time()), "exp": int(time()) + 300,
    }  # fmt: skip
    kept = {name: value for name, value in (honest | claims).items() if value is not None}
    token = jwt.encode({"alg": algorithm, "kid": "1"}, kept, key, algorithms=[algorithm])
    provider.answers["/token"] = {"access_token": "at", "token_type": "Bearer", "id_token": token}


def named():
    return finish("code", journey=JOURNEY, back=BACK)


def test_an_honest_token_names_the_person(provider):
    says(provider)
    assert named() == "8f2c"


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://elsewhere.example"},
        {"iss": None},
        {"aud": "another"},
        {"aud": None},
        {"aud": ["another", "third"]},
        {"aud": ["shouwang", "another"], "azp": "another"},
        {"nonce": "n-2"},
        {"nonce": None},
        {"exp": 1_700_000_000},  # long over; the same at every collection
        {"exp": None},
        {"sub": None},
        {"sub": ""},
        {"sub": 17},
    ],
    ids=str,
)
def test_a_token_with_anything_wrong_names_nobody(provider, claims):
    says(provider, **claims)
    with pytest.raises(ProviderFailed):
        named()


def test_a_token_of_another_key_is_a_forgery(provider):
    says(provider, key=RSAKey.generate_key(2048, {"kid": "1"}, private=True))
    with pytest.raises(ProviderFailed):
        named()


def test_a_token_signed_with_our_own_secret_is_not_believed_even_if_the_provider_offers_it(provider):
    says(provider, key=OctKey.import_key(SECRET), algorithm="HS256")
    with pytest.raises(ProviderFailed):
        named()


def test_a_claim_the_token_lacks_is_asked_for_but_only_about_the_same_person(provider, settings):
    settings.OIDC_CLAIM = "work_card"
    says(provider)
    provider.answers["/userinfo"] = {"sub": "8f2c", "work_card": "YB-0017"}
    assert named() == "YB-0017"
    provider.answers["/userinfo"] = {"sub": "9a11", "work_card": "YB-0001"}
    with pytest.raises(ProviderFailed):
        named()


@pytest.mark.parametrize("answer", [None, {}, [], {"id_token": "x"}, {"id_token": 7}], ids=str)
def test_an_answer_that_is_no_token_is_a_failure_and_no_fault_of_ours(provider, answer):
    provider.answers["/token"] = answer
    with pytest.raises(ProviderFailed):
        named()


def test_we_name_ourselves_the_way_the_provider_takes(provider):
    says(provider)
    named()
    assert provider.asked[1].startswith("Basic ") and SECRET not in provider.asked[0]
    provider.metadata["token_endpoint_auth_methods_supported"] = ["client_secret_post"]
    named()
    assert provider.asked[1] is None and "client_secret=" in provider.asked[0]


def test_an_address_with_a_query_keeps_it(provider):
    url, _ = begin(back=BACK)
    assert "/authorize?tenant=7&response_type=code&" in url


@pytest.mark.parametrize(
    "told", [[], "8f2c", {}, {"sub": "8f2c"}, {"sub": "8f2c", "work_card": None}], ids=str
)
def test_a_person_asked_about_and_not_described_is_nobody(provider, settings, told):
    settings.OIDC_CLAIM = "work_card"
    says(provider)
    provider.answers["/userinfo"] = told
    with pytest.raises(ProviderFailed):
        named()


@pytest.mark.parametrize("missing", ["issuer", "authorization_endpoint", "token_endpoint", "jwks_uri"])
def test_a_provider_that_describes_itself_in_part_is_told_before_anybody_leaves(provider, missing):
    del provider.metadata[missing]
    with pytest.raises(ProviderFailed):
        begin(back=BACK)


@pytest.mark.parametrize("described", [[], "x", 7])
def test_what_describes_no_provider_is_a_failure_and_no_fault_of_ours(provider, described):
    provider.answers["/.well-known/openid-configuration"] = described
    with pytest.raises(ProviderFailed):
        begin(back=BACK)


def test_an_unsigned_token_is_not_believed(provider):
    says(provider)
    head, body, _signature = provider.answers["/token"]["id_token"].split(".")
    # {"alg":"none"}; then the honest head without its signature.
    for forged in (f"eyJhbGciOiJub25lIn0.{body}.", f"{head}.{body}."):
        provider.answers["/token"]["id_token"] = forged
        with pytest.raises(ProviderFailed):
            named()
