"""Who is asking: signing in and out, sessions, the token against forged forms, and the posts that give rights.

What an officer may do is decided by the engine, each time; a page only hides what would be refused.
"""

from web.identity.asking import (
    ask,
    expect_power,
    has_power,
    key_sent,
    look_at,
    number_sent,
    opens_cases,
    perform,
    post_opens,
    read,
    spoken_titles,
    wiring,
)
from web.identity.bearer import token_sent
from web.identity.passwords import hash_password
from web.identity.sessions import keep_before, start

__all__ = [
    "ask",
    "expect_power",
    "has_power",
    "hash_password",
    "keep_before",
    "key_sent",
    "look_at",
    "number_sent",
    "opens_cases",
    "perform",
    "post_opens",
    "read",
    "spoken_titles",
    "start",
    "token_sent",
    "wiring",
]
