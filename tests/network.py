"""No test reaches beyond this machine: a connection to anywhere else is an error of the test, not a slow failure."""

import ipaddress
import socket
from collections.abc import Callable
from typing import Any


class BeyondThisMachine(AssertionError):
    """A test tried to reach another machine."""


def is_here(host: object) -> bool:
    """Whether a host is this machine's loopback."""
    text = host.decode() if isinstance(host, bytes) else str(host or "localhost")
    try:
        return ipaddress.ip_address(text.partition("%")[0]).is_loopback
    except ValueError:
        return text == "localhost"


def _check(address: object) -> None:
    # Only addresses with a port leave the machine: a text is the path of a Unix socket, one number a netlink group.
    if isinstance(address, tuple) and len(address) > 1 and isinstance(address[1], int) and not is_here(address[0]):
        raise BeyondThisMachine(f"a test tried to reach {address[0]}")


def _guarded(original: Callable[..., Any], position: int) -> Callable[..., Any]:
    def guarded(sock: socket.socket, *args: Any) -> Any:
        _check(args[position])
        return original(sock, *args)

    return guarded


def close() -> None:
    """Refuse every connection and name that is not local, for the rest of this process."""
    socket.socket.connect = _guarded(socket.socket.connect, 0)  # type: ignore[method-assign]
    socket.socket.connect_ex = _guarded(socket.socket.connect_ex, 0)  # type: ignore[method-assign]
    socket.socket.sendto = _guarded(socket.socket.sendto, -1)  # type: ignore[method-assign]
    looked_up = socket.getaddrinfo

    def getaddrinfo(host: Any, *args: Any, **kwargs: Any) -> Any:
        _check((host, 0))
        return looked_up(host, *args, **kwargs)

    socket.getaddrinfo = getaddrinfo
