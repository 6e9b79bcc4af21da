"""A page is sent again and again while the disk takes nothing any more: `python -m tests.concurrency.room HOW`.

Prints what was acknowledged, and how everything else was answered while there was no room and once there was some again.
"""

import json
import os
import resource
import secrets
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "craffu.config.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.test import Client  # noqa: E402

from craffu.access.acting import acting_operator  # noqa: E402
from craffu.access.actions import change_right, create_user  # noqa: E402
from craffu.access.queries import home_force  # noqa: E402
from craffu.access.rights_requests.models import RightsRequest, RightsStep  # noqa: E402
from craffu.access.sessions.actions import accept_terms, begin_session  # noqa: E402
from craffu.access.wall.reach import every_force  # noqa: E402
from craffu.audit import queries  # noqa: E402
from craffu.audit.models import Event  # noqa: E402
from craffu.audit.sealing import actions as sealing  # noqa: E402

# Left when it begins: enough for some pages to be sent, and for the log of writes to be as long as one page more.
LEFT = 400_000
# More than it takes until the log of writes is as long as the longest file.
MOST = 2_000
HOME = Path(settings.CRAFFU_HOME)


def an_auditor() -> Client:
    by = acting_operator(home_force(), "tester")
    user = create_user(by=by, username="auditor", name="Somebody", password=None)
    change_right(by=by, user=user, right="auditor", held=True, reason="test")
    accept_terms(by=by, user=user)
    client = Client(raise_request_exception=False)
    client.force_login(user)
    begin_session(user=user, key=client.session.session_key or "")
    return client


def send(client: Client) -> Any:
    day = {"received_on_day": "24", "received_on_month": "11", "received_on_year": "2025"}
    said = {"kind": "access", "whose": "victim", "words": secrets.token_hex(900), "form": secrets.token_hex(16)}
    return client.post("/rights-requests/new", said | day)


@contextmanager
def full_disk() -> Any:
    """What is left of a small disk is filled with something else: the home's, or the one that a server keeps tables on."""
    ballast = Path(os.environ.get("SMALL_DISK", HOME)) / "ballast"
    room = os.statvfs(ballast.parent)
    with ballast.open("wb") as file:
        file.write(b"x" * (room.f_bavail * room.f_frsize - LEFT))
    yield
    ballast.unlink()


@contextmanager
def short_files() -> Any:
    """No file may become longer than the log of writes is, and something more."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (max(each.stat().st_size for each in HOME.iterdir()) + LEFT, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def failing_disk() -> Any:
    """What is written is not put on the disk any more: the library that stands before the system's says so after a while."""
    yield
    (HOME / "mended").touch()


def run(how: Callable[[], Any]) -> None:
    client = an_auditor()
    acknowledged, said = [], {}
    with how():
        if how is failing_disk:
            acknowledged.append(number_in(send(client)))
            (HOME / "fails").touch()
        while (answer := send(client)).status_code == 302 and len(acknowledged) < MOST:
            acknowledged.append(number_in(answer))
        said["sent"] = [answer.status_code, answer.content.decode()]
        said["sent again"] = [send(client).status_code]
        # Each look is a row of the log, which for a while still finds a place.
        said["read"] = [next(look.status_code for look in looks(client, "/rights-requests") if look.status_code != 200)]
        # It may not ask this; the row of that is shorter than one of a look, and may find a place for a while longer.
        program = next(look for look in looks(client, "/api/v1/people") if look.status_code != 403)
        said["program"] = [program.status_code, program.content.decode()]
    answer = send(client)
    said["with room"] = [answer.status_code]
    acknowledged.append(number_in(answer))
    print(json.dumps({"acknowledged": acknowledged, "said": said}))


def looks(client: Client, page: str) -> Iterator[Any]:
    for _one in range(MOST):
        yield client.get(page)


def number_in(answer: Any) -> str:
    return str(answer.headers["Location"]).rpartition("/")[2]


def tally() -> None:
    """Every request that there is, which of them have their first step, which the log knows of, and whether that is whole."""
    sealing.seal()
    with every_force("a test"):
        is_whole = queries.verify().ok
    refs = [one for said in Event.objects.values_list("payload", flat=True) for one in json.loads(said)["refs"]]
    steps = RightsStep.objects.select_related("request")
    print(
        json.dumps(
            {
                "requests": sorted(RightsRequest.objects.values_list("number", flat=True)),
                "with_step": sorted(one.request.number for one in steps),
                "log_is_whole": is_whole,
                "logged": sorted({one.partition("/")[2] for one in refs if one.startswith("rights_request/")}),
            }
        )
    )


if __name__ == "__main__":
    jobs: dict[str, Callable[[], Any]] = {"full": full_disk, "short": short_files, "failing": failing_disk}
    tally() if sys.argv[1] == "tally" else run(jobs[sys.argv[1]])
