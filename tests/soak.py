"""A site that is served for a day: what it takes of memory and open files, how long pages take, by what the database grows (T44).

python tests/soak.py --minutes 1440      where DATABASE_URL names an empty database of PostgreSQL, there; else on SQLite

By hand, for each release. A demo of its own is served by `craffu serve`, with `craffu worker` beside it and `craffu tick` once a
minute; people are signed in and open one page after another, each look a row of the log; early on a web process is killed. What
stands then is measured against from a fifth of the time on. A line of JSON for each measurement, the last says what became of it;
exit 1 where memory grew by a twentieth or more, a page was a fault of ours, or the first answer took ten seconds.
"""

import argparse
import json
import os
import random
import re
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from craffu.config.bench.users import Browser, Unanswered  # noqa: E402
from tests.installation import Installation, sqlite_installation  # noqa: E402

USERS = ("investigator", "supervisor")
PAGES = ("", "people", "cases", "orders", "priority")
LINK = re.compile(r'href="/((?:people|cases|orders)/[A-Z]-\d+)"')
KILLED_AT, MEASURED_FROM = 0.05, 0.2
# So many pages over one connection, as of somebody who reads and comes back: so that every web process serves.
ON_ONE_CONNECTION = 20
MOST_GROWTH, FIRST_WITHIN = 0.05, 10.0
LONGEST_DEMO = 3_600.0


@dataclass
class Looks:
    """What pages took since this was last asked, and what went wrong in all."""

    took: list[float] = field(default_factory=list)
    pages: int = 0
    faults: int = 0
    refused: int = 0
    broken: int = 0
    over: threading.Event = field(default_factory=threading.Event)

    def go_on(self, site: str, username: str, password: str, pause: float) -> None:
        """Somebody who opens a page, reads it, and opens another."""
        chance, linked = random.Random(username), list(PAGES)  # noqa: S311  # which page, no secret
        with closing(Browser()) as browser:
            signed_in = False
            while not self.over.wait(pause):
                try:
                    if not signed_in:
                        browser.sign_in(site, username, password)
                        signed_in = True
                    begun = time.perf_counter()
                    status, body = browser.open(site + chance.choice([*PAGES, *linked]))
                except (OSError, HTTPException, Unanswered):
                    # Of a web process that was killed: whoever was there asks again, on another connection.
                    self.broken += 1
                    browser.close()
                    continue
                self.took.append((time.perf_counter() - begun) * 1000)
                self.pages += 1
                if self.pages % ON_ONE_CONNECTION == 0:
                    browser.close()
                self.faults += status >= 500
                self.refused += status in range(400, 500)
                signed_in = status not in {302, 303}
                linked = LINK.findall(body.decode()) or linked


@dataclass(frozen=True, slots=True)
class Served:
    """What is looked at: the processes of the site, and its database."""

    here: Installation
    processes: tuple[subprocess.Popen[bytes], ...]

    def all(self) -> list[int]:
        return [one for process in self.processes for one in (process.pid, *children_of(process.pid))]

    def measured(self, minute: float, looks: Looks) -> dict[str, float]:
        took, looks.took = looks.took, []
        size, events = grown(self.here.database_url)
        return {
            "minute": round(minute, 1), "memory_mb": round(sum(map(memory_of, self.all())) / 1e6, 1),
            "own_mb": round(sum(memory_of(one, "Pss_Anon") for one in self.all()) / 1e6, 1),
            "files": sum(map(files_of, self.all())), "p50_ms": round(statistics.median(took or [0]), 1),
            "p95_ms": round(sorted(took or [0])[int(len(took) * 0.95)], 1), "pages": looks.pages, "faults": looks.faults,
            "refused": looks.refused, "broken": looks.broken, "events": events, "database_mb": round(size / 1e6, 2),
        }  # fmt: skip


def children_of(process: int) -> list[int]:
    """Of a process that has just gone, none."""
    try:
        return [int(one) for one in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    except OSError:
        return []


def memory_of(process: int, which: str = "Pss") -> int:
    """Bytes of a process that stand in memory; what several share, whoever they are, is counted in parts. As `Pss_Anon` what it
    holds of its own, without the files that it reads from.
    """
    with suppress(OSError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith(f"{which}:"):
                return int(line.split()[1]) * 1024
    return 0


def files_of(process: int) -> int:
    try:
        return len(os.listdir(f"/proc/{process}/fd"))
    except OSError:
        return 0


def grown(url: str) -> tuple[int, int]:
    """The bytes of a database and the rows of its log."""
    if url.startswith("sqlite"):
        path = Path(url.removeprefix("sqlite:///"))
        size = sum(one.stat().st_size for one in path.parent.glob(f"{path.name}*"))
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as there:
            return size, int(there.execute("SELECT count(*) FROM audit_event").fetchone()[0])
    with psycopg.connect(url) as there:
        row = there.execute(
            "SELECT pg_database_size(current_database()), (SELECT count(*) FROM audit_event)"
        ).fetchone()
        assert row is not None
        return int(row[0]), int(row[1])


@contextmanager
def served(here: Installation, port: int) -> Iterator[Served]:
    with ExitStack() as stack:
        processes = tuple(here.start(*words) for words in (("serve", "--port", str(port)), ("worker",)))
        for one in processes:
            stack.callback(one.wait, timeout=60)
            stack.callback(one.terminate)
        yield Served(here, processes)


def first_answer(port: int) -> float:
    """Seconds until a page is given out."""
    begun = time.perf_counter()
    while time.perf_counter() - begun < 30 * FIRST_WITHIN:
        with suppress(OSError, HTTPException), closing(HTTPConnection("127.0.0.1", port, timeout=30)) as there:
            there.request("GET", "/privacy")
            if there.getresponse().status == 200:
                break
        time.sleep(0.05)
    return time.perf_counter() - begun


def goes_on(
    site: Served, address: str, people: Mapping[str, str], seconds: float, every: float, pause: float
) -> Iterator[dict[str, float]]:
    """What is measured every so often while `people`, each with a password, look at pages."""
    looks, begun = Looks(), time.monotonic()
    users = [threading.Thread(target=looks.go_on, args=(address, *one, pause)) for one in people.items()]
    for one in users:
        one.start()
    is_killed, ticked, measured = False, begun, begun
    try:
        while (now := time.monotonic()) < begun + seconds:
            if not is_killed and now - begun > KILLED_AT * seconds:
                os.kill(children_of(site.processes[0].pid)[0], signal.SIGKILL)
                is_killed = True
            if now - ticked >= 60:
                site.here.run("tick", timeout=600, anew=True)
                ticked = now
            if now - measured >= every:
                yield site.measured((now - begun) / 60, looks)
                measured = now
            time.sleep(0.2)
    finally:
        looks.over.set()
        for one in users:
            one.join()


def became(lines: Sequence[dict[str, float]], seconds: float, first: float) -> dict[str, float | bool]:
    """What is said of all measurements. From those up to the first that counts nothing is taken but faults."""
    counted = [one for one in lines if one["minute"] * 60 >= MEASURED_FROM * seconds]
    begun, ended = counted[0], counted[-1]
    growth = ended["memory_mb"] / begun["memory_mb"] - 1
    events = ended["events"] - begun["events"]
    return {
        "first_answer_s": round(first, 1), "memory_growth": round(growth, 4), "files": ended["files"] - begun["files"],
        "p95_ms_first": begun["p95_ms"], "p95_ms_last": ended["p95_ms"], "pages": ended["pages"], "faults": ended["faults"],
        "bytes_of_an_event": round((ended["database_mb"] - begun["database_mb"]) * 1e6 / max(1, events)), "events": events,
        "ok": growth < MOST_GROWTH and not ended["faults"] and first < FIRST_WITHIN,
    }  # fmt: skip


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="tests/soak.py", description="Serve a site for long and measure it.")
    parser.add_argument("--minutes", type=float, default=1440.0, help="how long (a day)")
    parser.add_argument("--every", type=float, default=60.0, help="seconds from one measurement to the next")
    parser.add_argument("--pause", type=float, default=0.5, help="seconds for which each person reads a page")
    parser.add_argument("--people", type=int, default=60, help="how many the demo has")
    parser.add_argument("--port", type=int, default=8143)
    asked = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="craffu-soak-") as folder:
        url = os.environ.get("DATABASE_URL", "")
        here = Installation(Path(folder), url) if url.startswith("postgres") else sqlite_installation(Path(folder))
        here.run("migrate", timeout=LONGEST_DEMO, anew=True)
        told = here.run("demo", "--people", str(asked.people), "--no-serve", "--json", timeout=LONGEST_DEMO, anew=True)
        accounts = {one["username"]: one["password"] for one in json.loads(told.stdout)["accounts"]}
        people, address, lines = {one: accounts[one] for one in USERS}, f"http://127.0.0.1:{asked.port}/", []
        with served(here, asked.port) as site:
            first = first_answer(asked.port)
            for one in goes_on(site, address, people, asked.minutes * 60, asked.every, asked.pause):
                print(json.dumps(one), flush=True)
                lines.append(one)
        said = became(lines, asked.minutes * 60, first)
        print(json.dumps(said))
        return 0 if said["ok"] else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
