"""T39: a million events backed up while others write and read are back elsewhere, verified and served, in time."""

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from typing import IO, Any

import pytest

from craffu.config.bench import recovery
from craffu.config.bench.users import Browser
from craffu.config.demo.accounts import PASSWORD
from tests.installation import ROOT, Installation
from tests.integration.config.test_serve_and_worker import free_port, started, status_of
from tests.integration.config.test_T39_backup import with_keys_of

pytestmark = [pytest.mark.deep, pytest.mark.long, pytest.mark.rule("SEC-05")]

PAGES = ("", "people", "cases")
READERS = 2
A_COMMAND, STARTS_WITHIN = 1_800.0, 180.0


@dataclass
class Load:
    """What goes on meanwhile: what was acknowledged in writing, and how many pages were read, each 200."""

    acknowledged: list[str] = field(default_factory=list)
    pages: int = 0
    longest: float = 0.0
    faults: list[str] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def note(self, said: IO[str]) -> None:
        for line in said:
            self.acknowledged.append(line.strip())

    def read(self, site: str) -> None:
        browser = Browser()
        try:
            browser.sign_in(site, "investigator", PASSWORD)
            while not self.over.is_set():
                for page in PAGES:
                    begun = time.perf_counter()
                    status, _body = browser.open(f"{site}{page}")
                    self.longest = max(self.longest, time.perf_counter() - begun)
                    self.pages += 1
                    if status != 200:
                        self.faults.append(f"/{page} answered {status}")
        except (OSError, HTTPException, RuntimeError) as fault:
            self.faults.append(str(fault))
        finally:
            browser.close()


@contextmanager
def under_load(here: Installation) -> Iterator[Load]:
    """The site is served to readers, and a process writes and says what is committed."""
    load, port = Load(), free_port()
    with ExitStack() as stack:
        stack.enter_context(started(here, "serve", "--port", str(port)))
        answers(port)
        writer = subprocess.Popen(
            [sys.executable, "-m", "tests.concurrency.busy", "acknowledge", "meanwhile", "0"],
            env=here.env, cwd=ROOT, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert writer.stdout is not None
        threads = [threading.Thread(target=load.note, args=(writer.stdout,))]
        threads += [threading.Thread(target=load.read, args=(f"http://127.0.0.1:{port}/",)) for _ in range(READERS)]
        for thread in threads:
            thread.start()
        try:
            yield load
        finally:
            load.over.set()
            writer.terminate()
            writer.wait(timeout=30)
            for thread in threads:
                thread.join()
            writer.stdout.close()


def answers(port: int) -> None:
    """Wait for it, as long as a machine that others use may need to start it."""
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until:
        with suppress(OSError, HTTPException):
            status_of(port)
            return
        time.sleep(0.2)
    pytest.fail("it does not answer")


def timed(figures: dict[str, float], what: str, here: Installation, *asked: str | Path) -> Any:
    begun = time.perf_counter()
    done = here.run(*asked, timeout=A_COMMAND, anew=True)
    figures[what] = time.perf_counter() - begun
    return json.loads(done.stdout)


def test_T39_a_million_events_under_load_are_back_elsewhere_and_served_within_a_quarter_of_an_hour(
    demo_installation: Installation,
    empty_installation: Installation,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    subprocess.run(
        [sys.executable, "-c", recovery.FILL.format(rows=recovery.ROWS)], cwd=ROOT, check=True,
        env=demo_installation.env | {"DJANGO_SETTINGS_MODULE": "craffu.config.settings"},
    )  # fmt: skip
    told = comes_back_and_serves(demo_installation, empty_installation, tmp_path / "all.craffu")
    with capsys.disabled():
        print(f"\n{told}")


def comes_back_and_serves(here: Installation, empty: Installation, file: Path) -> str:
    """What it took, in words."""
    figures: dict[str, float] = {}
    with under_load(here) as load:
        until = time.monotonic() + 60
        while (len(load.acknowledged) < 20 or load.pages < 5) and time.monotonic() < until:
            time.sleep(0.1)
        before, pages = list(load.acknowledged), load.pages
        assert before, load.faults
        made = timed(figures, "backup", here, "backup", file, "--json")
        meanwhile = (len(load.acknowledged) - len(before), load.pages - pages)
    assert load.faults == [], load.faults
    assert made["ok"] is True
    assert min(meanwhile) > 0, "others wrote and read while it was made"

    begun = time.perf_counter()
    back = with_keys_of(here, empty)
    restored = timed(figures, "restore", back, "restore", file, "--json")
    assert (restored["ok"], restored["differ"], restored["table_rows"]) == (True, [], made["table_rows"])
    assert restored["rows"] >= recovery.ROWS
    verified = timed(figures, "verify", back, "audit", "verify", "--json")
    assert (verified["ok"], verified["first_bad"]) == (True, None)
    port = free_port()
    with started(back, "serve", "--port", str(port)):
        answers(port)
        with closing(Browser()) as browser:
            browser.sign_in(f"http://127.0.0.1:{port}/", "investigator", PASSWORD)
            assert [browser.open(f"http://127.0.0.1:{port}/{page}")[0] for page in PAGES] == [200] * len(PAGES)
    whole = time.perf_counter() - begun
    assert missing(back, before) == [], "nothing that was acknowledged before is lost"
    assert figures["backup"] + whole <= recovery.SERVING_WITHIN_MINUTES * 60, figures
    told = ", ".join(f"{what} {took:.0f} s" for what, took in figures.items())
    return (
        f"{restored['rows']:,} events, {file.stat().st_size / 1e6:,.0f} MB: {told}; from an empty home to pages signed in "
        f"{whole:.0f} s. While it was made {meanwhile[0]} acts were acknowledged and {meanwhile[1]} pages read, the slowest "
        f"in {load.longest:.1f} s."
    )


def missing(back: Installation, acknowledged: list[str]) -> list[str]:
    """What was acknowledged and is not in the log that came back."""
    asks = (
        "import sys, django; django.setup(); from craffu.audit.models import Event; "
        "kept = '\\n'.join(Event.objects.filter(kind='probed').values_list('payload', flat=True)); "
        "print(*[one for one in sys.stdin.read().split() if one not in kept], sep='\\n')"
    )
    done = subprocess.run(
        [sys.executable, "-c", asks], input="\n".join(acknowledged), capture_output=True, text=True, check=True, cwd=ROOT,
        env=back.env | {"DJANGO_SETTINGS_MODULE": "craffu.config.settings"},
    )  # fmt: skip
    return done.stdout.split()
