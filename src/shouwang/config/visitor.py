"""A person at a browser without scripts: opens pages, fills in the forms they find there, follows links."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

import httpx

from shouwang.config.story import Unexpected

Files = dict[str, tuple[str, bytes, str]]


@dataclass
class Form:
    """A form as it stands on a page, with what it would send if nothing was filled in."""

    action: str
    values: dict[str, str] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    choices: dict[str, list[str]] = field(default_factory=dict)
    password: str = ""


class Page(HTMLParser):
    """What a visitor needs of a page: its forms and its links."""

    def __init__(self, address: str, source: str) -> None:
        super().__init__()
        self.address, self.source = address, source
        self.forms: list[Form] = []
        self.links: list[str] = []
        self._select = ""
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {key: value or "" for key, value in attrs}
        if tag == "a" and "href" in found:
            self.links.append(urljoin(self.address, found["href"]))
        elif tag == "form":
            self.forms.append(Form(action=urljoin(self.address, found.get("action", ""))))
        elif self.forms and tag in {"input", "select", "textarea", "option", "button"}:
            self._control(tag, found)

    def _control(self, tag: str, found: dict[str, str]) -> None:
        form, name, kind = self.forms[-1], found.get("name", ""), found.get("type", "")
        if tag == "option":
            form.choices.setdefault(self._select, []).append(found.get("value", ""))
            if "selected" in found:
                form.values[self._select] = found.get("value", "")
            return
        self._select = name if tag == "select" else ""
        form.names.add(name)
        if kind == "password":
            form.password = name
        if kind == "radio":
            form.choices.setdefault(name, []).append(found.get("value", ""))
        sent = kind not in {"file", "radio", "checkbox", "submit"} or "checked" in found
        if tag == "input" and name and sent:
            form.values[name] = found.get("value", "")

    def link(self, pattern: str) -> str:
        """The first link that fits. Raises Unexpected."""
        found = next((link for link in self.links if re.search(pattern, link)), None)
        if found is None:
            raise Unexpected(f"{self.address} has no link like {pattern}")
        return found

    def form(self, *, action: str = "", name: str = "") -> Form:
        """The first form with that end of its address and a field of that name. Raises Unexpected."""
        for form in self.forms:
            if form.action.endswith(action) and (not name or name in form.names):
                return form
        raise Unexpected(f"{self.address} has no form {action or name}")


class Visitor:
    """One person with a browser of their own."""

    def __init__(self, address: str) -> None:
        self.client = httpx.Client(base_url=address, follow_redirects=True, timeout=30, trust_env=False)

    def open(self, path: str) -> Page:
        return self._page(self.client.get(path))

    def fetch(self, path: str) -> Any:
        """A page that is data."""
        answer = self.client.get(path)
        self._page(answer)
        return answer.json()

    def send(self, form: Form, values: dict[str, str], *, files: Files | None = None) -> Page:
        headers = {"Referer": form.action}
        return self._page(
            self.client.post(form.action, data={**form.values, **values}, files=files or None, headers=headers)
        )

    def sign_in(self, login: str, password: str, *, path: str) -> None:
        """Sign in with the form that asks for a password."""
        page = self.open(path)
        form = next((f for f in page.forms if f.password), None)
        if form is None:
            raise Unexpected(f"{page.address} does not ask for a password")
        done = self.send(form, {"login": login, form.password: password})
        if any(f.password for f in done.forms):
            raise Unexpected(f"{login} could not sign in")

    def _page(self, answer: httpx.Response) -> Page:
        if answer.status_code >= 400:
            raise Unexpected(f"{answer.request.method} {answer.url} answered {answer.status_code}")
        return Page(str(answer.url), answer.text)
