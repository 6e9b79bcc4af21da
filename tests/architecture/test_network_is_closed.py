"""No test can reach beyond this machine, by whatever way it tries."""

import socket
from collections.abc import Callable

import pytest

from tests.network import BeyondThisMachine, is_here

# Reserved for documentation: nobody answers there.
ELSEWHERE = ("192.0.2.1", 80)


@pytest.mark.parametrize(
    "reach",
    [
        lambda: socket.create_connection(ELSEWHERE, timeout=1),
        lambda: socket.socket().connect(ELSEWHERE),
        lambda: socket.socket().connect_ex(ELSEWHERE),
        lambda: socket.socket(type=socket.SOCK_DGRAM).sendto(b"x", ELSEWHERE),
        lambda: socket.getaddrinfo("example.org", 80),
    ],
)
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_another_machine_cannot_be_reached(reach: Callable[[], object]) -> None:
    with pytest.raises(BeyondThisMachine):
        reach()


def test_this_machine_can() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        assert client.getpeername() == server.getsockname()


@pytest.mark.parametrize(
    ("host", "here"),
    [
        ("127.0.0.1", True),
        ("::1", True),
        ("localhost", True),
        (b"127.0.0.1", True),
        ("10.0.0.1", False),
        ("gov.uk", False),
    ],
)
def test_only_loopback_is_here(host: str | bytes, here: bool) -> None:
    assert is_here(host) is here
