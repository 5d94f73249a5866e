"""The secret of a second factor as a telephone reads it, and as fingers type it."""

from __future__ import annotations

import pyotp
import segno

LONGEST_CODE = 40


def key_picture(secret: str, login: str) -> str:
    """What a telephone reads, as the address of a picture: the secret, for whom, and of what program."""
    uri = pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name="Lajur")
    drawn = segno.make(uri, error="m", micro=False)
    return drawn.svg_data_uri(scale=5, border=4, dark="#000", light="#fff", xmldecl=False)


def key_groups(secret: str) -> str:
    """Its letters in fours."""
    return " ".join(secret[place : place + 4] for place in range(0, len(secret), 4))
