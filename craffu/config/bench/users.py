"""Users of a served site: each has a connection and a sign-in of their own, and opens one page after another.

What is measured is the whole answer as a browser would have it, over the loopback.
"""

import re
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection, RemoteDisconnected
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

# At most two on two cores.
USERS = 2
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Unanswered(RuntimeError):
    """A page did not answer as it should; nothing is measured then."""


@dataclass(slots=True)
class Browser:
    """Keeps a connection to each site it opens, and the cookies of all of them."""

    cookies: dict[str, str] = field(default_factory=dict)
    connections: dict[str, HTTPConnection] = field(default_factory=dict)

    def open(self, address: str, form: dict[str, str] | None = None) -> tuple[int, bytes]:
        """The status and the body. A connection that the server has ended for being idle is opened again."""
        at = urlsplit(address)
        if at.netloc not in self.connections:
            self.connections[at.netloc] = HTTPConnection(at.netloc, timeout=60)
        connection, path = self.connections[at.netloc], f"{at.path}?{at.query}" if at.query else at.path
        try:
            return self._ask(connection, path, form)
        except RemoteDisconnected:
            connection.close()
            return self._ask(connection, path, form)

    def close(self) -> None:
        for one in self.connections.values():
            one.close()
        self.connections.clear()

    def _ask(self, connection: HTTPConnection, path: str, form: dict[str, str] | None) -> tuple[int, bytes]:
        cookie = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if form is None:
            connection.request("GET", path, headers=cookie)
        else:
            connection.request("POST", path, body=urlencode(form), headers={**cookie, **_FORM})
        answer = connection.getresponse()
        body = answer.read()
        for said in answer.headers.get_all("Set-Cookie") or ():
            self.cookies |= {name: one.value for name, one in SimpleCookie(said).items()}
        return answer.status, body

    def sign_in(self, site: str, username: str, password: str) -> None:
        """By the page, as people do."""
        _, page = self.open(f"{site}sign-in")
        token = _TOKEN.search(page.decode())
        if token is None:
            raise Unanswered("the page of sign-in has no form")
        given = {"csrfmiddlewaretoken": token[1], "username": username, "password": password}
        status, _ = self.open(f"{site}sign-in", given)
        if status != 302:
            raise Unanswered(f"{username} was not let in: {status}")


def timed(browsers: Sequence[Browser], pages: Mapping[str, Sequence[str]], rounds: int) -> dict[str, list[float]]:
    """Milliseconds of each kind of page, opened by all at once and by each in turns; of each, another one every time."""
    with ThreadPoolExecutor(len(browsers)) as users:
        told = users.map(lambda place: list(_opened(browsers, place, pages, rounds)), range(len(browsers)))
        took: dict[str, list[float]] = {kind: [] for kind in pages}
        for kind, milliseconds in (one for many in told for one in many):
            took[kind].append(milliseconds)
    return took


def _opened(
    browsers: Sequence[Browser], place: int, pages: Mapping[str, Sequence[str]], rounds: int
) -> Iterator[tuple[str, float]]:
    # Each begins with another kind, so that the same two do not always meet.
    kinds = list(pages)
    first = place * len(kinds) // len(browsers)
    for turn in range(rounds):
        for kind in kinds[first:] + kinds[:first]:
            address = pages[kind][(turn * len(browsers) + place) % len(pages[kind])]
            browsers[place].close()
            started = time.perf_counter()
            status, _ = browsers[place].open(address)
            yield kind, (time.perf_counter() - started) * 1000
            if status != 200:
                raise Unanswered(f"{address} answered {status}")
