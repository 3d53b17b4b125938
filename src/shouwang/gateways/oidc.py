"""An OpenID Connect provider (统一身份认证): where a person is sent, and who came back."""

from dataclasses import dataclass
from secrets import token_urlsafe
from typing import Any

from authlib.integrations.httpx_client import OAuth2Client, OAuthError
from authlib.oidc.core import CodeIDToken
from django.conf import settings
from httpx import HTTPError
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

SECONDS = 5
LEEWAY = 60
# Only signatures that a holder of our own client secret could not make.
ASYMMETRIC = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")


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
    with _client(back) as client:
        url, _state = client.create_authorization_url(
            _metadata(client)["authorization_endpoint"],
            state=journey.state,
            nonce=journey.nonce,
            code_verifier=journey.verifier,
        )
    return url, journey


def finish(code: str, *, journey: Journey, back: str) -> str:
    """Who the person is there, by the claim of the settings. Raises ProviderFailed."""
    try:
        with _client(back) as client:
            metadata = _metadata(client)
            token = client.fetch_token(
                metadata["token_endpoint"],
                grant_type="authorization_code",
                code=code,
                redirect_uri=back,
                code_verifier=journey.verifier,
            )
            claims = _trusted(client, metadata, token=token, nonce=journey.nonce)
            return _named(client, metadata, claims)
    except (OAuthError, JoseError, HTTPError, KeyError, ValueError) as error:
        raise ProviderFailed(f"{type(error).__name__}: {error}") from error


def _client(back: str) -> OAuth2Client:
    return OAuth2Client(
        settings.OIDC_CLIENT_ID,
        settings.OIDC_CLIENT_SECRET,
        scope="openid profile",
        redirect_uri=back,
        code_challenge_method="S256",
        timeout=SECONDS,
    )


def _metadata(client: OAuth2Client) -> dict[str, Any]:
    issuer = settings.OIDC_ISSUER.rstrip("/")
    try:
        found: dict[str, Any] = _get(client, f"{issuer}/.well-known/openid-configuration")
    except (HTTPError, ValueError) as error:
        raise ProviderFailed(f"{type(error).__name__}: {error}") from error
    if str(found.get("issuer", "")).rstrip("/") != issuer:
        raise ProviderFailed(f"{found.get('issuer')} answers for {issuer}")
    return found


def _trusted(
    client: OAuth2Client, metadata: dict[str, Any], *, token: dict[str, Any], nonce: str
) -> CodeIDToken:
    offered = metadata.get("id_token_signing_alg_values_supported", ["RS256"])
    registry = JWSRegistry(
        algorithms=[name for name in ASYMMETRIC if name in offered], strict_check_header=False
    )
    keys = KeySet.import_key_set(_get(client, metadata["jwks_uri"]))
    read = jwt.decode(token["id_token"], key=keys, registry=registry)
    claims = CodeIDToken(
        read.claims,
        read.header,
        {"iss": {"essential": True, "values": [metadata["issuer"]]}},
        {"nonce": nonce, "client_id": settings.OIDC_CLIENT_ID, "access_token": token.get("access_token")},
    )
    claims.validate(leeway=LEEWAY)
    audience = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
    if settings.OIDC_CLIENT_ID not in audience:
        raise ProviderFailed("the token is for somebody else")
    return claims


def _named(client: OAuth2Client, metadata: dict[str, Any], claims: CodeIDToken) -> str:
    name = settings.OIDC_CLAIM
    if name not in claims and "userinfo_endpoint" in metadata:
        more = client.get(metadata["userinfo_endpoint"]).raise_for_status().json()
        # OpenID Connect Core 5.3.4: the answer must be about the same person.
        if more.get("sub") != claims["sub"]:
            raise ProviderFailed("the provider spoke of somebody else")
        return str(more[name])
    return str(claims[name])


def _get(client: OAuth2Client, url: str) -> Any:
    return client.get(url, withhold_token=True).raise_for_status().json()
