"""An OpenID Connect provider (统一身份认证): where a person is sent, and who came back."""

from dataclasses import dataclass
from secrets import token_urlsafe
from typing import Any
from urllib.parse import quote, urlencode

import httpx
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from django.conf import settings
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

SECONDS = 5
LEEWAY = 60
NEEDED = {"issuer", "authorization_endpoint", "token_endpoint", "jwks_uri"}
# Only signatures that a holder of our own client secret could not make.
ASYMMETRIC = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
BASIC = "client_secret_basic"

Metadata = dict[str, Any]


class ProviderFailed(Exception):
    """The provider cannot be reached, refused, or said what cannot be trusted; the text is for the log."""


@dataclass(frozen=True, kw_only=True)
class Journey:
    """What must come back as it left: kept by the browser that was sent away, and by nobody else."""

    state: str
    nonce: str
    verifier: str


def begin(*, back: str) -> tuple[str, Journey]:
    """The address to send a person to, and what to compare with afterwards. Raises ProviderFailed."""
    journey = Journey(state=token_urlsafe(32), nonce=token_urlsafe(32), verifier=token_urlsafe(48))
    asked = {
        "response_type": "code",
        "scope": "openid profile",
        "client_id": settings.OIDC_CLIENT_ID,
        "redirect_uri": back,
        "state": journey.state,
        "nonce": journey.nonce,
        "code_challenge": create_s256_code_challenge(journey.verifier),
        "code_challenge_method": "S256",
    }
    try:
        with httpx.Client(timeout=SECONDS) as client:
            address = _metadata(client)["authorization_endpoint"]
    except (httpx.HTTPError, KeyError, ValueError) as error:
        raise ProviderFailed(f"{type(error).__name__}: {error}") from error
    return f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}", journey


def finish(code: str, *, journey: Journey, back: str) -> str:
    """Who the person is there, by the claim of the settings. Raises ProviderFailed."""
    try:
        with httpx.Client(timeout=SECONDS) as client:
            metadata = _metadata(client)
            token = _token(client, metadata, code=code, journey=journey, back=back)
            claims = _trusted(client, metadata, token=token, nonce=journey.nonce)
            return _named(client, metadata, token=token, claims=claims)
    except (httpx.HTTPError, JoseError, KeyError, TypeError, ValueError) as error:
        raise ProviderFailed(f"{type(error).__name__}: {error}") from error


def _metadata(client: httpx.Client) -> Metadata:
    issuer = settings.OIDC_ISSUER.rstrip("/")
    answer = client.get(f"{issuer}/.well-known/openid-configuration")
    found: Metadata = answer.raise_for_status().json()
    if not isinstance(found, dict) or not found.keys() >= NEEDED:
        raise ProviderFailed(f"{issuer} does not describe itself")
    if str(found["issuer"]).rstrip("/") != issuer:
        raise ProviderFailed(f"{found['issuer']} answers for {issuer}")
    return found


def _token(
    client: httpx.Client, metadata: Metadata, *, code: str, journey: Journey, back: str
) -> dict[str, Any]:
    asked = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": back,
        "code_verifier": journey.verifier,
    }
    # RFC 6749, 2.3.1: both are form-encoded before they become a header.
    auth = (quote(settings.OIDC_CLIENT_ID, safe=""), quote(settings.OIDC_CLIENT_SECRET, safe=""))
    if BASIC not in metadata.get("token_endpoint_auth_methods_supported", [BASIC]):
        asked |= {"client_id": settings.OIDC_CLIENT_ID, "client_secret": settings.OIDC_CLIENT_SECRET}
        answer = client.post(metadata["token_endpoint"], data=asked)
    else:
        answer = client.post(metadata["token_endpoint"], data=asked, auth=auth)
    found: dict[str, Any] = answer.raise_for_status().json()
    return found


def _trusted(client: httpx.Client, metadata: Metadata, *, token: dict[str, Any], nonce: str) -> CodeIDToken:
    """The claims of the token, once signature, issuer, audience, time and nonce are right."""
    offered = metadata.get("id_token_signing_alg_values_supported", ["RS256"])
    registry = JWSRegistry(
        algorithms=[name for name in ASYMMETRIC if name in offered], strict_check_header=False
    )
    keys = KeySet.import_key_set(client.get(metadata["jwks_uri"]).raise_for_status().json())
    read = jwt.decode(token["id_token"], key=keys, registry=registry)
    claims = CodeIDToken(
        read.claims,
        read.header,
        {
            "iss": {"essential": True, "value": metadata["issuer"]},
            "aud": {"essential": True, "value": settings.OIDC_CLIENT_ID},
            "nonce": {"essential": True, "value": nonce},
        },
        {"nonce": nonce, "client_id": settings.OIDC_CLIENT_ID, "access_token": token.get("access_token")},
    )
    claims.validate(leeway=LEEWAY)
    return claims


def _named(client: httpx.Client, metadata: Metadata, *, token: dict[str, Any], claims: CodeIDToken) -> str:
    name = settings.OIDC_CLAIM
    found = claims
    if name not in claims and "userinfo_endpoint" in metadata:
        bearer = {"Authorization": f"Bearer {token['access_token']}"}
        found = client.get(metadata["userinfo_endpoint"], headers=bearer).raise_for_status().json()
        # OpenID Connect Core 5.3.4: the answer must be about the same person.
        if found["sub"] != claims["sub"]:
            raise ProviderFailed("the provider spoke of somebody else")
    if not isinstance(found[name], str) or not found[name]:
        raise ProviderFailed(f"the claim {name} names nobody")
    return str(found[name])
