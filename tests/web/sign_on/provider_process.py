"""A real OpenID provider as a process of its own: oidc-provider-mock, which can be told to do what honest ones never do.

Started by `provider.py`. It prints its port. Beyond what it is made for it checks PKCE, turns its keys, and changes what
the next token says.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import sys
import time
import uuid
from typing import Any
from urllib.parse import parse_qs, urlsplit

import oidc_provider_mock
from authlib import jose
from flask import Flask, Response, request
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey
from oidc_provider_mock._storage import storage
from werkzeug.serving import make_server

LOGOUT = "http://schemas.openid.net/event/backchannel-logout"
challenges: dict[str, str] = {}
former: list[Any] = []
"""Keys that it has signed with and does not publish any more."""
odd: dict[str, Any] = {}
"""What the next token says instead."""


def signed(header: dict[str, Any], claims: dict[str, Any], by: str = "") -> str:
    """Sign with the provider's key, without naming it, with a stranger's, or with what everybody knows."""
    if by == "nobody":
        parts = [json.dumps(each).encode() for each in ({"alg": "none"}, claims)]
        return ".".join(base64.urlsafe_b64encode(each).decode().rstrip("=") for each in parts) + "."
    if by == "secret":
        known = OctKey.import_key("rahasia-klien-untuk-uji-yang-panjang")
        return jwt.encode({"alg": "HS256"}, claims, known, algorithms=["HS256"])
    own = former[-1] if by == "former" else storage.jwk
    key = RSAKey.generate_key(2048) if by == "stranger" else RSAKey.import_key(own.as_dict(is_private=True))
    if by == "nameless":
        return jwt.encode(header, claims, key, algorithms=["RS256"])
    return jwt.encode({**header, "kid": own.as_dict()["kid"]}, claims, key, algorithms=["RS256"])


def remember_challenge(response: Response) -> Response:
    """Keep what a code was asked for with (RFC 7636)."""
    code = parse_qs(urlsplit(response.headers.get("Location", "")).query).get("code")
    if request.path == "/oauth2/authorize" and code and request.args.get("code_challenge_method") == "S256":
        challenges[code[0]] = request.args["code_challenge"]
    return response


def expect_verifier() -> tuple[dict[str, str], int] | None:
    """Refuse a code whose asker cannot show the verifier, or whose program cannot show its secret."""
    if request.path != "/oauth2/token":
        return None
    made = hashlib.sha256(request.form.get("code_verifier", "").encode()).digest()
    wanted = challenges.pop(request.form.get("code", ""), "")
    if base64.urlsafe_b64encode(made).decode().rstrip("=") != wanted:
        return {"error": "invalid_grant"}, 400
    known = request.authorization
    if known is None or known.password != "rahasia-klien":
        return {"error": "invalid_client"}, 401
    return None


def change_token(response: Response) -> Response:
    """Let the next token say something else, once."""
    told = response.get_json(silent=True) or {}
    if request.path != "/oauth2/token" or "id_token" not in told:
        return response
    head, body, _ = (base64.urlsafe_b64decode(part + "==") for part in told["id_token"].split("."))
    claims = {**json.loads(body), **odd.get("claims", {})}
    claims = {name: value for name, value in claims.items() if value is not None}
    told["id_token"] = signed(json.loads(head), claims, odd.get("by", ""))
    odd.clear()
    response.set_data(json.dumps(told))
    return response


def controls(app: Flask) -> None:
    """The addresses by which a test tells the provider what to do."""

    @app.post("/test/rotate")
    def rotate() -> str:
        former.append(storage.jwk)
        storage.jwk = jose.RSAKey.generate_key(is_private=True)
        return str(storage.jwk.as_dict()["kid"])

    @app.post("/test/odd")
    def say_odd() -> str:
        odd.clear()
        odd.update(request.get_json())
        return ""

    @app.post("/test/logout")
    def logout() -> str:
        asked, now = request.get_json(), int(time.time())
        claims = {"iss": request.host_url.rstrip("/"), "iat": now, "jti": uuid.uuid4().hex, "events": {LOGOUT: {}}}
        claims = {name: value for name, value in {**claims, **asked["claims"]}.items() if value is not None}
        return signed({"alg": "RS256", "typ": "logout+jwt"}, claims, asked.get("by", ""))


def main() -> None:
    """Serve until killed."""
    os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"
    app = oidc_provider_mock.app(require_nonce=True)
    app.before_request(expect_verifier)
    app.after_request(remember_challenge)
    app.after_request(change_token)
    controls(app)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    sys.stdout.write(f"{server.server_port}\n")
    sys.stdout.flush()
    server.serve_forever()


if __name__ == "__main__":
    main()
