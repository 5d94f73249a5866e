"""Mail over SMTP. It carries the number of a case, the name of a step and a link; what it says is written elsewhere.

The Message-ID is made of the delivery's key, so that a mail which comes twice is seen to be the same.
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP as AS_SENT
from email.utils import format_datetime
from typing import ClassVar, Final
from urllib.parse import unquote, urlsplit

from engine.delivery.sending import Undelivered
from engine.domain.dispatch import Channel, Parcel

TIMEOUT: Final = 15.0
"""Seconds that the server may take for one answer."""
PORTS: Final = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
_FINAL: Final = 500
"""From here on an answer says that trying again is of no use (RFC 5321, 4.2.1)."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What a mail says."""

    subject: str
    text: str


class NotAServer(ValueError):
    """An address of a mail server that cannot be read."""


class Mail:
    """The way to one mail server."""

    channel: ClassVar[Channel] = Channel.MAIL

    def __init__(self, server: str, *, sender: str, host: str, write: Callable[[Parcel], Letter]) -> None:
        """`server`: `smtps://name:password@mail.example.go.id`; empty: none, and nothing is sent. `host` stands in Message-IDs.

        Raises NotAServer.
        """
        self._server, self._sender, self._host, self._write = server, sender, host, write
        parts = urlsplit(server)
        if server and (parts.scheme not in PORTS or not parts.hostname or not sender):
            raise NotAServer(f"one of {', '.join(PORTS)} with a host, and a sender's address beside it")

    def place(self, target: str) -> str:  # noqa: ARG002 - whoever gets the mail, the server is the same
        """All mail goes over one server."""
        return ""

    def send(self, parcel: Parcel, *, at: datetime) -> None:
        """Hand one mail to the server. Raises Undelivered."""
        if not self._server:
            raise Undelivered("no mail server is set up", "LAJUR_SMTP_URL", final=True)
        message = self._message(parcel, at)
        try:
            with self._connected() as server:
                server.send_message(message, self._sender, [parcel.address])
        except smtplib.SMTPRecipientsRefused as refused:
            code = next(iter(refused.recipients.values()))[0]
            raise Undelivered("the address was refused", code, final=code >= _FINAL) from None
        except smtplib.SMTPDataError as refused:
            code = refused.smtp_code
            raise Undelivered("the mail was refused", code, final=code >= _FINAL) from None
        except smtplib.SMTPResponseException as refused:
            raise Undelivered("the server refused to work", refused.smtp_code, silent=True) from None
        except (smtplib.SMTPException, OSError) as fault:
            raise Undelivered("the server did not answer", type(fault).__name__, silent=True) from None

    def _connected(self) -> smtplib.SMTP:
        parts = urlsplit(self._server)
        where = (parts.hostname or "", parts.port or PORTS[parts.scheme], self._host)
        if parts.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(*where, timeout=TIMEOUT, context=ssl.create_default_context())
        else:
            server = smtplib.SMTP(*where, timeout=TIMEOUT)
        try:
            if parts.scheme == "smtp+starttls":
                server.starttls(context=ssl.create_default_context())
            if parts.username:
                server.login(unquote(parts.username), unquote(parts.password or ""))
        except BaseException:
            server.close()
            raise
        return server

    def _message(self, parcel: Parcel, at: datetime) -> EmailMessage:
        letter = self._write(parcel)
        message = EmailMessage(policy=AS_SENT)
        message["Subject"] = " ".join(letter.subject.split())
        message["From"], message["To"] = self._sender, parcel.address
        message["Date"] = format_datetime(at)
        message["Message-ID"] = f"<{parcel.key}@{self._host}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(letter.text, cte="quoted-printable")
        return message
