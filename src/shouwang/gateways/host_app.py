"""A host government app (政务应用): its one-time ticket exchanged, server to server, for who opened us."""

import httpx
from django.conf import settings

SECONDS = 5


class TicketRefused(Exception):
    """The host app cannot be reached, or does not know the ticket; the text is for the log."""


def exchange(code: str) -> str:
    """POST {code, client_id, client_secret}, answered with {subject}. Raises TicketRefused."""
    asked = {
        "code": code,
        "client_id": settings.TICKET_CLIENT_ID,
        "client_secret": settings.TICKET_CLIENT_SECRET,
    }
    try:
        answer = httpx.post(settings.TICKET_URL, json=asked, timeout=SECONDS).raise_for_status().json()
        subject = answer["subject"]
    except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
        raise TicketRefused(f"{type(error).__name__}: {error}") from error
    if not isinstance(subject, str) or not subject:
        raise TicketRefused("the answer names nobody")
    return subject
