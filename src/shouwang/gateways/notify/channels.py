"""One channel a function (各渠道): each raises NotSent unless the other side says that it has taken the message.

WeCom, DingTalk and Feishu answer 200 to what they refuse and say so in the body: only their own code is a receipt.
"""

import base64
import hashlib
import hmac
import json
import smtplib
import ssl
import time
from collections.abc import Callable, Mapping
from email.message import EmailMessage
from urllib.parse import urlencode

from django.conf import settings

from shouwang.flows.send_notices import Letter, NotSent
from shouwang.kernel.signing import signed

from .posting import SECONDS, post

FOR_GOOD = 500
OURS = (
    smtplib.SMTPAuthenticationError, smtplib.SMTPConnectError, smtplib.SMTPHeloError, smtplib.SMTPSenderRefused,
)  # fmt: skip


def send(letter: Letter) -> None:
    """Raises NotSent."""
    WAYS[letter.kind](letter)


def _wecom(letter: Letter) -> None:
    _robot(letter.address["url"], {"msgtype": "text", "text": {"content": _whole(letter)}}, code="errcode")


def _dingtalk(letter: Letter) -> None:
    """With a secret: HMAC-SHA256 of milliseconds and secret, both in the address."""
    url = letter.address["url"]
    if secret := letter.address.get("secret"):
        stamp = str(round(time.time() * 1000))
        url += "&" + urlencode({"timestamp": stamp, "sign": _base64_of(secret, f"{stamp}\n{secret}".encode())})
    _robot(url, {"msgtype": "text", "text": {"content": _whole(letter)}}, code="errcode")


def _feishu(letter: Letter) -> None:
    """With a secret: HMAC-SHA256 of nothing, keyed by seconds and secret."""
    told: dict[str, object] = {"msg_type": "text", "content": {"text": _whole(letter)}}
    if secret := letter.address.get("secret"):
        stamp = str(int(time.time()))
        told |= {"timestamp": stamp, "sign": _base64_of(f"{stamp}\n{secret}", b"")}
    _robot(letter.address["url"], told, code="code")


def _webhook(letter: Letter) -> None:
    """For a gateway of text messages or any other system: signed, under an id that stays the same for every try."""
    told = {"id": letter.id, "subject": letter.subject, "text": letter.text, "urgent": letter.urgent}
    if to := letter.address.get("to"):
        told["to"] = to
    body, stamp = json.dumps(told, ensure_ascii=False).encode(), str(int(time.time()))
    headers = {"Content-Type": "application/json", "Idempotency-Key": letter.id, "X-Timestamp": stamp}
    if secret := letter.address.get("secret"):
        headers["X-Signature"] = signed(secret, stamp, body)
    post(letter.address["url"], body, headers)


def _email(letter: Letter) -> None:
    if not settings.SMTP_HOST:
        raise NotSent("SHOUWANG_SMTP_HOST is not set")
    try:
        mail = _mail(letter)
        with smtplib.SMTP(settings.SMTP_HOST, settings.SMTP_PORT, timeout=SECONDS) as server:
            if settings.SMTP_TLS:
                server.starttls(context=ssl.create_default_context())
            if settings.SMTP_USER:
                server.login(settings.SMTP_USER, settings.SMTP_PASSWORD)
            server.send_message(mail)
    except (OSError, smtplib.SMTPException, ValueError, IndexError) as error:
        raise _no(error) from None


def _mail(letter: Letter) -> EmailMessage:
    """Raises ValueError, IndexError for an address that is none."""
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = letter.subject, settings.SMTP_FROM, letter.address["to"]
    mail["Message-ID"] = f"<{letter.id}@shouwang>"
    mail["X-Priority"] = "1" if letter.urgent else "3"
    mail.set_content(letter.text)
    return mail


WAYS: Mapping[str, Callable[[Letter], None]] = {
    "wecom": _wecom, "dingtalk": _dingtalk, "feishu": _feishu, "email": _email, "webhook": _webhook,
}  # fmt: skip


def _whole(letter: Letter) -> str:
    return f"【{letter.subject}】{letter.text}"


def _base64_of(key: str, text: bytes) -> str:
    return base64.b64encode(hmac.new(key.encode(), text, hashlib.sha256).digest()).decode()


def _robot(url: str, told: Mapping[str, object], *, code: str) -> None:
    answer = post(url, json.dumps(told, ensure_ascii=False).encode(), {"Content-Type": "application/json"})
    try:
        said = answer.json()
        number = said[code]
    except (ValueError, KeyError, TypeError):
        raise NotSent("the answer is no receipt") from None
    if number != 0:
        raise NotSent(f"{number}: {said.get('errmsg') or said.get('msg') or ''}")


def _no(error: Exception) -> NotSent:
    """A mail server that says five hundred and something of a mailbox or a mail says it for good.

    That it does not let us in, or takes nothing from us, is a matter of our own settings: somebody may be mending them.
    """
    said = _code(error)
    ours = isinstance(error, OURS)
    if said is None:
        return NotSent(type(error).__name__)
    return NotSent(f"SMTP {said}", final=said >= FOR_GOOD and not ours)


def _code(error: Exception) -> int | None:
    """Of the only one the mail was for, or of the whole of it."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return next((code for code, _words in error.recipients.values()), None)
    return error.smtp_code if isinstance(error, smtplib.SMTPResponseException) else None
