"""The mail channel: plain text by the server's SMTP settings."""

from __future__ import annotations

import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.core.validators import validate_email

from anwang.domain.base import gettext_noop

from .channels import ChannelFault, Outgoing, Send, register

OFF = "django.core.mail.backends.dummy.EmailBackend"


class Mail:
    """SMTP, one connection for a run of messages."""

    code = "mail"
    label = gettext_noop("邮件")

    def ready(self) -> bool:
        return bool(settings.EMAIL_BACKEND != OFF)

    def address(self, text: str) -> str:
        """An address with its domain in lower case; ASCII only, as SMTP servers without SMTPUTF8 need it."""
        plain = text.strip()
        try:
            validate_email(plain)
        except ValidationError:
            raise ValueError("not an address") from None
        if not plain.isascii() or len(plain) > 200:
            raise ValueError("not an address")
        name, _, host = plain.rpartition("@")
        return f"{name}@{host.lower()}"

    @contextmanager
    def open(self) -> Iterator[Send]:
        connection = get_connection()
        try:
            connection.open()
        except smtplib.SMTPAuthenticationError:
            raise ChannelFault("mail_sign_in", down=True) from None
        except (OSError, smtplib.SMTPException):
            raise ChannelFault("mail_unreachable", down=True) from None
        try:
            yield partial(_send, connection)
        finally:
            _close(connection)


def _send(connection: Any, outgoing: Outgoing) -> None:
    parts = [outgoing.body or outgoing.title]
    parts += [outgoing.link] if outgoing.link else []
    try:
        mail = EmailMessage(
            outgoing.title, "\n\n".join(parts), settings.DEFAULT_FROM_EMAIL, [outgoing.to],
            connection=connection, headers=_headers(outgoing),
        )  # fmt: skip
        mail.send()
    except smtplib.SMTPRecipientsRefused as error:
        answers = [code for code, _ in error.recipients.values()]
        raise ChannelFault("mail_refused", permanent=all(code >= 500 for code in answers)) from None
    except smtplib.SMTPServerDisconnected:
        raise ChannelFault("mail_unreachable", down=True) from None
    except smtplib.SMTPException:
        raise ChannelFault("mail_fault") from None
    except OSError:
        raise ChannelFault("mail_unreachable", down=True) from None
    except ValueError:  # a header with a line break, an address that cannot be encoded
        raise ChannelFault("mail_content", permanent=True) from None


def _headers(outgoing: Outgoing) -> dict[str, str]:
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">") or "localhost"
    headers = {"Message-ID": f"<{outgoing.key}@{host}>", "Auto-Submitted": "auto-generated"}
    if outgoing.settings:
        headers["List-Unsubscribe"] = f"<{outgoing.settings}>"
    return headers


def _close(connection: Any) -> None:
    try:
        connection.close()
    except (OSError, smtplib.SMTPException):
        return  # everything was handed over before


register(Mail())
