"""How often the provider is asked for what it publishes: once, and once more where a token names a key that is not known."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import requests
from joserfc.jwk import ECKey

from tests.web.sign_on.provider import CLIENT, RunningProvider
from web.config import Settings
from web.identity.provider import NotVouchedFor, Provider, ProviderSilent, sound


class Counted(Provider):
    """Counts what it fetches, and can be told what it finds."""

    asked: Counter[str]
    instead: dict[str, Any]

    def _fetch(self, where: str) -> dict[str, Any]:
        name = where.rsplit("/", 1)[-1]
        self.asked[name] += 1
        return {**super()._fetch(where), **self.instead}


@pytest.fixture
def counted(provider: RunningProvider, tmp_path: Path) -> Counted:
    settings = Settings(data_dir=tmp_path, oidc_issuer=provider.address, oidc_client_id=CLIENT)
    made = Counted(settings, pause=lambda: 0.0)
    made.asked, made.instead = Counter(), {}
    return made


def now() -> datetime:
    return datetime.now(UTC)


def test_documents_and_keys_are_fetched_once(counted: Counted, provider: RunningProvider) -> None:
    for _ in range(3):
        counted.goodbye(provider.logout_token(sub="a"), at=now())

    assert counted.asked == {"openid-configuration": 1, "jwks": 1}


def test_what_strangers_send_does_not_make_the_program_ask_again_and_again(
    counted: Counted, provider: RunningProvider
) -> None:
    counted.goodbye(provider.logout_token(sub="a"), at=now())
    provider.rotate()
    for _ in range(5):
        with pytest.raises(NotVouchedFor):
            counted.goodbye(provider.logout_token(sub="a"), at=now())
    within = counted.asked["jwks"]

    counted.pause = lambda: 31.0
    counted.goodbye(provider.logout_token(sub="a"), at=now())

    assert (within, counted.asked["jwks"]) == (1, 2)


def test_a_key_that_was_taken_back_is_believed_for_ten_minutes_at_most(
    counted: Counted, provider: RunningProvider
) -> None:
    counted.goodbye(provider.logout_token(sub="a"), at=now())
    provider.rotate()
    counted.pause = lambda: 599.0
    counted.goodbye(provider.logout_token(sub="a", by="former"), at=now())

    counted.pause = lambda: 601.0

    with pytest.raises(NotVouchedFor):
        counted.goodbye(provider.logout_token(sub="a", by="former"), at=now())


def test_a_provider_that_does_not_name_its_keys_may_turn_them_too(counted: Counted, provider: RunningProvider) -> None:
    counted.goodbye(provider.logout_token(sub="a", by="nameless"), at=now())
    provider.rotate()
    counted.pause = lambda: 31.0

    said = counted.goodbye(provider.logout_token(sub="a", by="nameless"), at=now())

    assert (said.subject, counted.asked["jwks"]) == ("a", 2)


def test_a_published_key_of_an_unknown_kind_spoils_no_other(counted: Counted, provider: RunningProvider) -> None:
    known = requests.get(f"{provider.address}/jwks", timeout=10).json()["keys"]
    strange = [
        {"kty": "EC", "crv": "Koblitz", "kid": "b", "x": "AA", "y": "AA"},
        {"kty": "RSA", "kid": "c"},
        {"kid": "d"},
        "e",
        ECKey.generate_key("P-256").as_dict(private=False),
    ]
    counted.instead = {"keys": [*strange, *known]}

    said = [counted.goodbye(provider.logout_token(sub="a", by=each), at=now()).subject for each in ("", "nameless")]

    assert said == ["a", "a"]


def test_a_description_of_another_issuer_is_not_believed(counted: Counted) -> None:
    counted.instead = {"issuer": "https://lain.contoh.example"}

    with pytest.raises(NotVouchedFor, match="another issuer"):
        counted.begin(state="s", nonce="n", verifier="v" * 43)
    assert counted.farewell() == ""


def test_endpoints_without_encryption_elsewhere_are_not_used(counted: Counted) -> None:
    counted.instead = {"authorization_endpoint": "http://sso.contoh.example/masuk"}

    with pytest.raises(NotVouchedFor, match="incomplete"):
        counted.begin(state="s", nonce="n", verifier="v" * 43)
    assert [sound(each) for each in ("https://sso.contoh.example", "http://sso.contoh.example", "file:///etc")] == [
        True,
        False,
        False,
    ]


def test_one_that_did_not_answer_is_left_alone_for_some_seconds(
    counted: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[str] = []

    def silent(where: str) -> dict[str, Any]:
        tried.append(where)
        raise ProviderSilent

    monkeypatch.setattr("web.identity.provider._fetched", silent)
    now_is = [0.0]
    counted.pause = lambda: now_is[0]
    for each in (0.0, 1.0, 4.0, 6.0):
        now_is[0] = each
        with pytest.raises(ProviderSilent):
            counted.begin(state="s", nonce="n", verifier="v" * 43)

    assert len(tried) == 2


def test_what_is_no_description_is_silence(counted: Counted, provider: RunningProvider, tmp_path: Path) -> None:
    nowhere = Settings(data_dir=tmp_path, oidc_issuer=f"{provider.address}/lain", oidc_client_id=CLIENT)

    with pytest.raises(ProviderSilent):
        Provider(nowhere).begin(state="s", nonce="n", verifier="v" * 43)
