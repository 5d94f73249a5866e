"""The provider of sign-on, spoken to as OpenID Connect says: its documents, its keys, and what makes a token good.

It knows no officer: whom a good token lets in, and what its claims give, is the engine's to say. See `docs/sign-on.md`.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar, Final
from urllib.parse import urlencode, urlsplit

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jws, jwt
from joserfc.errors import (
    BadSignatureError,
    ExpiredTokenError,
    InvalidClaimError,
    InvalidKeyCurveError,
    JoseError,
    KeyParameterError,
)
from joserfc.jwk import KeySet

from engine import Refusal, Unavailable
from web.config import Settings

ALGORITHMS: Final = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""Signatures that only the provider can make: none that is made with what this program knows too."""
LEEWAY: Final = 60
"""Seconds by which two clocks may differ."""
WAITS: Final = (4, 10)
"""Seconds until a connection stands, and until an answer is there."""
SILENT_FOR: Final = 5.0
"""Seconds for which one that did not answer is not asked again: others need not wait for it too."""
LARGEST: Final = 1_000_000
DOCUMENTS_LAST: Final = 3600.0
KEYS_LAST: Final = 600.0
"""Seconds after which a key that the provider has taken back is not believed any more, whoever names it."""
LOOKED_AGAIN: Final = 30.0
"""Seconds between two looks for a key that strangers ask for."""
SAID_LATELY: Final = timedelta(minutes=5)
LOGOUT: Final = "http://schemas.openid.net/event/backchannel-logout"
OF_ANOTHER_KEY: Final = (BadSignatureError, KeyParameterError, InvalidKeyCurveError)
"""What says that a token was not signed by this key: one of another kind is no reason not to look at the next."""
OF_CLAIMS: Final[Mapping[str, str]] = {
    "iss": "the token is of another issuer",
    "aud": "the token is for another program",
    "azp": "the token is for another program",
    "nonce": "the token was made for another request",
    "exp": "the token has expired",
}


class ProviderSilent(Unavailable):
    """Expected the provider of sign-on to answer, but it does not now; nothing was changed. Please try again, or sign in with account and password."""


class NotVouchedFor(Refusal):
    """Expected {provider} to vouch for you, but {state}. Nobody was signed in."""

    status: ClassVar[int] = 403


@dataclass(frozen=True, slots=True)
class Vouched:
    """Who the provider says has signed in there, in a token that was found good."""

    issuer: str
    subject: str
    claims: Mapping[str, Any]
    session: str
    """The provider's own name of the session there; empty where it tells none."""


@dataclass(frozen=True, slots=True)
class SaidGoodbye:
    """What a good logout token says."""

    issuer: str
    subject: str
    session: str
    said_at: datetime


@dataclass
class Provider:
    """One provider, with what it has published of itself; fetched when it is first needed."""

    settings: Settings
    pause: Callable[[], float] = time.monotonic
    _documents: dict[str, Any] = field(default_factory=dict)
    _documents_at: float = float("-inf")
    _keys: tuple[Any, ...] | None = None
    _keys_at: float = float("-inf")
    _silent_until: float = float("-inf")
    _lock: threading.RLock = field(default_factory=threading.RLock)

    @property
    def name(self) -> str:
        """What people know it by: its host."""
        return urlsplit(self.settings.oidc_issuer).hostname or self.settings.oidc_issuer

    @property
    def returns_to(self) -> str:
        """The address that has to be registered there."""
        return f"{self.settings.address}/sign-in/provider/back"

    def refuse(self, state: str) -> NotVouchedFor:
        """The refusal that says so."""
        return NotVouchedFor(provider=self.name, state=state)

    def begin(self, *, state: str, nonce: str, verifier: str) -> str:
        """Where a browser is sent to sign in there. Raises ProviderSilent."""
        with self._session() as session:
            where, _ = session.create_authorization_url(
                self._endpoint("authorization_endpoint"), state=state, code_verifier=verifier, nonce=nonce
            )
        return str(where)

    def exchange(self, code: str, *, nonce: str, verifier: str, at: datetime) -> Vouched:
        """Fetch the token for a code and look at it from all sides. Raises ProviderSilent, NotVouchedFor."""
        try:
            with self._session() as session:
                told = session.fetch_token(
                    self._endpoint("token_endpoint"),
                    code=code,
                    code_verifier=verifier,
                    grant_type="authorization_code",
                    timeout=WAITS,
                    allow_redirects=False,
                )
        except AuthlibBaseError as wrong:
            raise self.refuse(f"it answered with “{str(wrong.error or '?')[:60]}”") from None
        except (requests.RequestException, ValueError):
            raise ProviderSilent from None
        text = told.get("id_token")
        if not isinstance(text, str):
            raise self.refuse("the token lacks what it must say")
        header, claims = self._opened(text)
        more = {"nonce": nonce, "client_id": self.settings.oidc_client_id, "access_token": told.get("access_token")}
        self._expect(CodeIDToken(claims, header, self._wanted(), more), at)
        return Vouched(claims["iss"], str(claims["sub"]), claims, str(claims.get("sid") or ""))

    def goodbye(self, text: str, *, at: datetime) -> SaidGoodbye:
        """Read a logout token that the provider has sent by itself. Raises ProviderSilent, NotVouchedFor."""
        header, claims = self._opened(text, of_a_stranger=True)
        self._expect(CodeIDToken({"exp": claims.get("iat", 0) + 120, **claims}, header, self._wanted(), {}), at)
        said = datetime.fromtimestamp(int(claims["iat"]), UTC)
        events = claims.get("events")
        whole = isinstance(events, dict) and LOGOUT in events and "nonce" not in claims and claims.get("jti")
        if not whole or abs(at - said) > SAID_LATELY:
            raise self.refuse("the token lacks what it must say")
        until = said + timedelta(seconds=LEEWAY)  # its clock may be behind ours: what began just before is meant too
        return SaidGoodbye(claims["iss"], str(claims["sub"]), str(claims.get("sid") or ""), until)

    def farewell(self) -> str:
        """Where a browser goes to sign out there too; empty where the provider has no such place or does not answer."""
        try:
            place = self._endpoint("end_session_endpoint")
        except (ProviderSilent, NotVouchedFor):
            return ""
        back = {"client_id": self.settings.oidc_client_id}
        back["post_logout_redirect_uri"] = f"{self.settings.address}/sign-in?bye=1"
        return f"{place}{'&' if '?' in place else '?'}{urlencode(back)}"

    def _session(self) -> OAuth2Session:
        told = self._known().get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        basic = "client_secret_basic" if "client_secret_basic" in told else "client_secret_post"
        secret = self.settings.oidc_secret.read_text().strip() if self.settings.oidc_secret else None
        return OAuth2Session(
            self.settings.oidc_client_id,
            secret,
            scope=self.settings.oidc_scopes,
            redirect_uri=self.returns_to,
            token_endpoint_auth_method=basic if secret else "none",
            code_challenge_method="S256",
        )

    def _wanted(self) -> dict[str, Any]:
        return {
            "iss": {"essential": True, "value": self.settings.oidc_issuer},
            "aud": {"essential": True, "value": self.settings.oidc_client_id},
            "sub": {"essential": True},
        }

    def _expect(self, token: CodeIDToken, at: datetime) -> None:
        try:
            token.validate(now=int(at.timestamp()), leeway=LEEWAY)
        except ExpiredTokenError:
            raise self.refuse(OF_CLAIMS["exp"]) from None
        except InvalidClaimError as wrong:
            raise self.refuse(OF_CLAIMS.get(str(wrong.claim), "the token lacks what it must say")) from None
        except (JoseError, AuthlibBaseError, TypeError, ValueError):
            raise self.refuse("the token lacks what it must say") from None
        if len(str(token["sub"])) > 255:  # noqa: PLR2004 - OpenID Connect Core 1.0, 2
            raise self.refuse("the token lacks what it must say")

    def _opened(self, text: str, *, of_a_stranger: bool = False) -> tuple[dict[str, Any], dict[str, Any]]:
        """Header and claims of a token whose signature fits a key of the provider's."""
        try:
            header = dict(jws.extract_compact(text.encode()).headers())
            for key in self._candidates(header.get("kid"), of_a_stranger):
                try:
                    token = jwt.decode(text, key, algorithms=ALGORITHMS)
                except OF_ANOTHER_KEY:
                    continue
                return dict(token.header), dict(token.claims)
        except (JoseError, ValueError, TypeError, AttributeError):
            raise self.refuse("the token cannot be read") from None
        raise self.refuse("the signature of the token fits none of its keys")

    def _candidates(self, wanted: Any, of_a_stranger: bool) -> Iterator[Any]:
        """The keys that may have signed; then, where none of them did, those that are published now.

        A provider need not name its keys, and one that names them may keep the name when it turns them.
        """
        yield from _fitting(self._published_keys(), wanted)
        if not (of_a_stranger and self.pause() - self._keys_at < LOOKED_AGAIN):
            yield from _fitting(self._published_keys(anew=True), wanted)

    def _published_keys(self, *, anew: bool = False) -> tuple[Any, ...]:
        with self._lock:
            if self._keys is None or anew or self.pause() - self._keys_at > KEYS_LAST:
                self._keys = _readable(self._fetch(self._endpoint("jwks_uri")).get("keys"))
                self._keys_at = self.pause()
            return self._keys

    def _endpoint(self, name: str) -> str:
        where = str(self._known().get(name) or "")
        if not where or not sound(where):
            raise self.refuse("its own description is incomplete")
        return where

    def _known(self) -> dict[str, Any]:
        """What the provider says of itself (OpenID Connect Discovery 1.0), kept for an hour."""
        with self._lock:
            if not self._documents or self.pause() - self._documents_at > DOCUMENTS_LAST:
                issuer = self.settings.oidc_issuer
                told = self._fetch(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
                if told.get("issuer") != issuer:
                    raise self.refuse("its own description is of another issuer")
                self._documents, self._documents_at = told, self.pause()
            return self._documents

    def _fetch(self, where: str) -> dict[str, Any]:
        if self.pause() < self._silent_until:
            raise ProviderSilent
        try:
            return _fetched(where)
        except ProviderSilent:
            self._silent_until = self.pause() + SILENT_FOR
            raise


def _fetched(where: str) -> dict[str, Any]:
    """One document. Raises ProviderSilent for whatever else comes, and where nothing does."""
    try:
        answer = requests.get(where, timeout=WAITS, allow_redirects=False, headers={"Accept": "application/json"})
        if answer.status_code != 200 or len(answer.content) > LARGEST:  # noqa: PLR2004 - anything else is no answer
            raise ProviderSilent
        told = json.loads(answer.content)
    except (requests.RequestException, ValueError):
        raise ProviderSilent from None
    if not isinstance(told, dict):
        raise ProviderSilent
    return told


def _readable(told: Any) -> tuple[Any, ...]:
    """The keys for signatures among those that are published; one of a kind that is not known here spoils no other (RFC 7517, 5)."""
    found: list[Any] = []
    for each in told if isinstance(told, list) else ():
        if isinstance(each, dict) and each.get("use", "sig") == "sig" and each.get("kty") != "oct":
            with suppress(JoseError, ValueError, KeyError, TypeError):
                found += KeySet.import_key_set({"keys": [each]}).keys
    return tuple(found)


def _fitting(keys: Iterable[Any], wanted: Any) -> list[Any]:
    return [each for each in keys if wanted is None or each.kid == wanted]


def sound(address: str) -> bool:
    """Whether what is said there stays between the two: https, or within this very machine."""
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in {"localhost", "127.0.0.1", "::1"})
