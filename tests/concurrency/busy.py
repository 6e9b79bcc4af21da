"""What the processes of the concurrency tests do: `python -m tests.concurrency.busy JOB NAME COUNT`.

Prints one JSON object, or, for `act`, a line whenever it is about to stand between a change and its audit row.
"""

import itertools
import json
import os
import random
import signal
import sys
import threading
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "craffu.config.settings")
django.setup()

from django.db import OperationalError, connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402

from craffu.access.acting import acting_operator  # noqa: E402
from craffu.access.actions import change_right, create_user  # noqa: E402
from craffu.access.queries import home_force  # noqa: E402
from craffu.access.sessions.actions import accept_terms, begin_session  # noqa: E402
from craffu.audit import actions  # noqa: E402
from craffu.audit.actors import Actor  # noqa: E402
from craffu.audit.events import Verb, kind  # noqa: E402
from craffu.audit.models import Event, Seal  # noqa: E402
from craffu.audit.sealing import actions as sealing  # noqa: E402
from craffu.common.actions import next_reference  # noqa: E402
from craffu.common.door import action  # noqa: E402
from craffu.common.models import Counter  # noqa: E402

PROBED = kind("probed", Verb.ALTERATION, "Probed")
THREADS = 4
PAUSE = 0.4


def write(name: str, count: int) -> None:
    """Log `count` acts, each in a transaction of its own, trying again when the database was busy."""
    actor = Actor(name, "tester", "demo")
    for step in range(count):
        while True:
            try:
                with transaction.atomic():
                    actions.record(kind=PROBED, actor=actor, refs=[f"probe/{name}-{step}"])
                break
            except OperationalError:
                time.sleep(0.01)
    connection.close()


def write_in_threads(name: str, count: int) -> None:
    threads = [threading.Thread(target=write, args=(f"{name}.{number}", count)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(json.dumps({"written": THREADS * count}))


def seal_until_told(name: str, count: int) -> None:
    """Seal again and again until standard input closes."""
    told = threading.Event()

    def listen() -> None:
        sys.stdin.read()
        told.set()

    threading.Thread(target=listen, daemon=True).start()
    sealed = rounds = 0
    while not told.is_set():
        try:
            sealed += sealing.seal()
        except OperationalError:
            time.sleep(0.01)
        rounds += 1
        time.sleep(0.001)
    print(json.dumps({"sealed": sealed, "rounds": rounds}))


@action
def one_act(name: str, pause: float) -> None:
    """A change and its audit row, with the moment between them held open when asked."""
    changed = next_reference(kind="probe", prefix="probe/R")
    if pause:
        print("between", flush=True)
        time.sleep(pause)
    actions.record(kind=PROBED, actor=Actor(name, "tester", "demo"), refs=[changed])


def act(name: str, count: int) -> None:
    """Act for ever; every `count`th act waits between the change and its row."""
    print("started", flush=True)
    step = 0
    while True:
        step += 1
        one_act(name, PAUSE if step % count == 0 else 0)


def acknowledge(name: str, count: int) -> None:
    """Act `count` times, or for ever where none is given, and say each change once it is committed."""
    for _one in range(count) if count else itertools.count():
        changed = acted(name)
        print(changed, flush=True)


@action
def acted(name: str) -> str:
    changed = next_reference(kind="probe", prefix="probe/R")
    actions.record(kind=PROBED, actor=Actor(name, "tester", "demo"), refs=[changed])
    return changed


def killed(name: str, count: int) -> None:
    """`count` children that act and say so, each killed at some moment: all that they had said when they died."""
    chance, said = random.Random(count), []  # noqa: S311  # where to kill, not a secret
    for _round in range(count):
        reads, writes = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reads)
            os.dup2(writes, sys.stdout.fileno())
            acknowledge(name, 0)
        os.close(writes)
        time.sleep(0.01 + chance.random() * 0.12)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        with os.fdopen(reads, encoding="utf-8") as told:
            # A last line without its end was never whole, and acknowledges nothing.
            said += [line.strip() for line in told if line.endswith("\n")]
    print(json.dumps({"acknowledged": said}))


def tally(name: str, count: int) -> None:
    """How many changes there are, and how many of them are in the log."""
    counter = Counter.objects.filter(kind="probe").first()
    changed = {f"probe/R-{number}" for number in range(10001, counter.last + 1)} if counter else set()
    refs = [
        ref
        for payload in Event.objects.filter(kind="probed").values_list("payload", flat=True)
        for ref in json.loads(payload)["refs"]
    ]
    logged = set(refs)
    print(
        json.dumps(
            {
                "changes": len(changed),
                "changed": sorted(changed),
                "unlogged": sorted(changed - logged),
                "unchanged": sorted(logged - changed),
                "events": len(refs),
                "seals": Seal.objects.count(),
            }
        )
    )


def sign_in(name: str, count: int) -> None:
    """`count` investigators of the demo force, signed in: the cookie of each one's session."""
    by = acting_operator(home_force(), name)
    cookies = []
    for number in range(count):
        user = create_user(by=by, username=f"{name}{number}", name="Somebody", password=None)
        change_right(by=by, user=user, right="investigator", held=True, reason="test")
        accept_terms(by=by, user=user)
        client = Client()
        client.force_login(user)
        begin_session(user=user, key=client.session.session_key or "")
        cookies.append(client.cookies["sessionid"].value)
    print(json.dumps(cookies))


if __name__ == "__main__":
    jobs = {
        "sign_in": sign_in, "write": write_in_threads, "seal": seal_until_told, "act": act, "tally": tally, "killed": killed,
        "acknowledge": acknowledge,
    }  # fmt: skip
    jobs[sys.argv[1]](sys.argv[2], int(sys.argv[3]))
