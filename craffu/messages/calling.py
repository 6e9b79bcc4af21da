"""One question to an address outside, over TLS: nothing is followed, nothing is asked that is not allowed, and it ends in time.

Server-side request forgery (ASVS 1.3.6): every address that a name stands for is looked at, and the very one that was looked at
is asked, so that a name that means something else a moment later leads nowhere. Its certificate must be the name's.
"""

import http.client
import socket
import ssl
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

SECONDS: Final = 10.0
_PORT: Final = 443
type MayReach = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Answer:
    """The status that somebody answered with; None and why, where nobody did."""

    status: int | None
    why: str = ""


class _NotAllowed(Exception):
    """An address that a name stands for may not be asked."""


def post(
    address: str,
    body: bytes,
    head: Mapping[str, str],
    *,
    may_reach: MayReach,
    ca: str | Path | None = None,
    seconds: float = SECONDS,
) -> Answer:
    """Send a body and say what status came back. The answer's own body is not read, and a redirect not followed."""
    said = urlsplit(address)
    path = (said.path or "/") + (f"?{said.query}" if said.query else "")
    try:
        where = _one_of(said.hostname or "", said.port or _PORT, may_reach)
        context = ssl.create_default_context(cafile=str(ca) if ca else None)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        asking = _Asking(said.hostname or "", said.port or _PORT, where, context, seconds)
        return _asked(asking, path, body, head, seconds)
    except _NotAllowed:
        return Answer(None, "address_not_allowed")
    except socket.gaierror:
        return Answer(None, "no_such_host")
    except ssl.SSLCertVerificationError:
        return Answer(None, "certificate_refused")
    except TimeoutError:
        return Answer(None, "too_slow")
    except (OSError, http.client.HTTPException, ValueError):
        return Answer(None, "no_answer")


def _one_of(host: str, port: int, may_reach: MayReach) -> str:
    """The address to ask. Where a name stands for several, all of them must be allowed."""
    try:
        found = [str(ip_address(host))]
    except ValueError:
        found = [str(one[4][0]) for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not found or not all(may_reach(one.partition("%")[0]) for one in found):
        raise _NotAllowed
    return found[0]


class _Asking(http.client.HTTPSConnection):
    """A connection to the address that was looked at, with the certificate of the name that was asked for."""

    def __init__(self, host: str, port: int, where: str, context: ssl.SSLContext, seconds: float) -> None:
        super().__init__(host, port, timeout=seconds, context=context)
        self._where, self._tls = where, context

    def connect(self) -> None:
        plain = socket.create_connection((self._where, self.port), self.timeout)
        try:
            self.sock = self._tls.wrap_socket(plain, server_hostname=self.host)
        except BaseException:
            plain.close()
            raise


def _asked(asking: _Asking, path: str, body: bytes, head: Mapping[str, str], seconds: float) -> Answer:
    """Whoever answers a byte at a time is cut off too: a clock beside it ends what takes longer than it may."""
    was_cut_off = threading.Event()

    def cut_off() -> None:
        was_cut_off.set()
        if asking.sock is not None:
            asking.sock.shutdown(socket.SHUT_RDWR)

    clock = threading.Timer(seconds, cut_off)
    clock.start()
    try:
        asking.request("POST", path, body=body, headers=dict(head))
        return Answer(asking.getresponse().status)
    except (OSError, http.client.HTTPException):
        if was_cut_off.is_set():
            raise TimeoutError from None
        raise
    finally:
        clock.cancel()
        asking.close()
