"""The way to the provider of sign-on and back, and the way out."""

from __future__ import annotations

import secrets

from flask import Response, current_app, g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as BaseResponse

from engine import Refusal, admit_identity, end_provider_sessions
from engine.domain.sign_on import GOOD_FOR, Begun
from web.errors import log
from web.identity.asking import wiring
from web.identity.devices import device_of
from web.identity.provider import Provider
from web.identity.sessions import before_token, cookie, keep_before, until
from web.language import gettext


def provider() -> Provider:
    """The one provider that is set up. Raises NotFound where none is."""
    settings = wiring().settings
    if not settings.oidc_issuer:
        raise NotFound
    made = current_app.extensions.get("provider")
    if not isinstance(made, Provider) or made.settings is not settings:
        made = current_app.extensions["provider"] = Provider(settings)
    return made


def begin(onward: str) -> ResponseReturnValue:
    """Send a browser to the provider, with a state, a nonce and a verifier (PKCE) that nobody else knows.

    Where one wanted to go is kept without what was asked there: it may be a name that was looked for.
    """
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    where = provider().begin(state=state, nonce=nonce, verifier=verifier)
    following = onward.partition("?")[0][:500]
    wiring().engine.begin_sign_on(
        state, browser=before_token(), nonce=nonce, verifier=verifier, following=following, at=g.now
    )
    return keep_before(make_response(redirect(where)))


def back() -> tuple[Response | None, str, str]:
    """What comes back: the answer that signs in, or else nothing, with where one wanted to go and an unknown account.

    Raises NotVouchedFor, ProviderSilent.
    """
    here, engine = provider(), wiring().engine
    said = {name: request.args.get(name, "")[:2000] for name in ("state", "code", "error", "iss")}
    begun = engine.back_from_sign_on(said["state"], browser=before_token(), at=g.now) if said["state"] else None
    _expect(here, begun, said)
    assert begun is not None  # noqa: S101 - refused above
    vouched = here.exchange(said["code"], nonce=begun.nonce, verifier=begun.verifier, at=g.now)
    receipt = engine.perform(
        admit_identity,
        issuer=vouched.issuer,
        subject=vouched.subject,
        claims=vouched.claims,
        address=request.remote_addr or "",
        device=device_of(request.headers.get("User-Agent", "")),
        provider_session=vouched.session,
        at=g.now,
    )
    if receipt.state != "signed-in":
        return None, begun.following, vouched.subject if receipt.state == "unknown" else ""
    return _signed_in(receipt.name, begun.following), begun.following, ""


def _expect(here: Provider, begun: Begun | None, said: dict[str, str]) -> None:
    """Refuse an answer that belongs to no request of this browser, or came before, or late, or from elsewhere."""
    if begun is None:
        raise here.refuse("the answer belongs to no request of this program")
    if not begun.same_browser:
        raise here.refuse("the request was begun in another browser")
    if begun.used:
        raise here.refuse("the answer was used before")
    if g.now - begun.begun_at > GOOD_FOR:
        raise here.refuse("the request is older than ten minutes")
    if said["iss"] and said["iss"] != here.settings.oidc_issuer:
        raise here.refuse("the answer is of another issuer")
    if said["error"] or not said["code"]:
        raise here.refuse(f"it answered with “{said['error'][:60] or '?'}”")


def _signed_in(secret: str, onward: str) -> Response:
    settings = wiring().settings
    wiring().engine.keep_session(secret, at=g.now, until=until(g.now))
    response = make_response(redirect(onward))
    response.set_cookie(cookie(settings), secret, secure=settings.secure, httponly=True, samesite="Lax")
    return response


def goodbye() -> ResponseReturnValue:
    """The provider says that somebody has signed out there (OpenID Connect Back-Channel Logout 1.0)."""
    try:
        said = provider().goodbye(str(request.form.get("logout_token", ""))[:20_000], at=g.now)
        told = {"issuer": said.issuer, "subject": said.subject, "provider_session": said.session}
        wiring().engine.perform(end_provider_sessions, **told, said_at=said.said_at, at=g.now)
    except Refusal as refusal:
        log.info("refused", kind=type(refusal).__name__, status=refusal.status, route=request.endpoint)
        return {"error": "invalid_request"}, 400
    return "", 200


def leave(response: BaseResponse) -> BaseResponse:
    """Let a browser that came by the provider sign out there too, where the provider has a place for it.

    Not by a redirection: the page's own policy lets a form lead to this program only.
    """
    where = provider().farewell()
    if not where:
        return response
    page = make_response(render_template("identity/leave.html", where=where, name=provider().name))
    for name, value in response.headers.items():
        if name in {"Set-Cookie", "Clear-Site-Data"}:
            page.headers.add(name, value)
    page.headers["Refresh"] = f"0; url={where}"
    return page


def told(wrong: Refusal) -> None:
    """Keep that somebody was not let in; never who it was."""
    log.info("refused", kind=type(wrong).__name__, status=wrong.status, route=request.endpoint)
    wiring().engine.note_refusal(wrong, officer="", what="sign_on", at=g.now)


def button() -> str:
    """What stands on the button; empty where no provider is set up."""
    settings = wiring().settings
    if not settings.oidc_issuer:
        return ""
    return settings.oidc_button or gettext("Sign in with the agency’s account")


def came_by_provider() -> bool:
    """Whether this session began with the provider's word."""
    return g.get("way") == "provider" and bool(wiring().settings.oidc_issuer)


def address_of_button(onward: str) -> str:
    """Where the button leads."""
    return url_for("identity.go", next=onward or None)


__all__ = [
    "address_of_button",
    "back",
    "begin",
    "button",
    "came_by_provider",
    "goodbye",
    "leave",
    "provider",
    "told",
]
