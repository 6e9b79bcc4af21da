"""Work done ahead by another process comes to the same, in the same order, and no process outlives who asked for it (B8)."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from craffu.intake import ahead
from craffu.intake.ahead import Ahead, HelperLost
from craffu.intake.refused import Unfit
from tests.factories.steps import count, large, slow, unfit, who


@pytest.fixture
def helped(monkeypatch: pytest.MonkeyPatch) -> Iterator[Ahead]:
    """One that has another process do the work, however small it is."""
    monkeypatch.setattr(ahead, "START_FROM", 0)
    monkeypatch.setattr(ahead, "USE_FROM", 0)
    one = Ahead(cores=2)
    yield one
    one.close()


def is_gone(process: int) -> bool:
    """Whether a process has ended, or ends soon."""
    for _ in range(3_000):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.01)
    return False


def test_steps_are_the_same_and_in_the_same_order_whoever_makes_them(helped: Ahead) -> None:
    data = b"x" * 300_000
    for most in (0, 1, 20):
        assert list(helped.each(count, data, most)) == list(Ahead(cores=1).each(count, data, most=most))


def test_the_work_is_done_by_one_other_process_that_no_key_stroke_reaches(helped: Ahead) -> None:
    first = next(helped.each(who, b""))
    assert first != os.getpid()
    assert os.getpgid(next(helped.each(who, b""))) != os.getpgid(0)


def test_a_small_file_starts_no_process_and_a_machine_of_one_core_none_at_all() -> None:
    assert next(Ahead(cores=2).each(who, b"x" * (ahead.START_FROM - 1))) == os.getpid()
    assert next(Ahead(cores=1).each(who, b"x" * ahead.START_FROM)) == os.getpid()


def test_the_process_can_be_started_before_there_is_work_and_only_where_it_pays(helped: Ahead) -> None:
    helped.prepare(1)
    prepared = helped.helper
    assert prepared is not None
    helped.prepare(1)
    assert next(helped.each(who, b"")) == prepared.process.pid
    alone = Ahead(cores=1)
    alone.prepare(10**9)
    assert alone.helper is None
    unused = Ahead(cores=2)
    unused.prepare(1)
    started = unused.helper
    unused.close()
    assert started is not None
    assert is_gone(started.process.pid)


def test_a_file_can_be_told_before_anybody_asks_and_need_never_be_asked_for(helped: Ahead) -> None:
    known, news, another = (letter * 3_000_000 for letter in (b"k", b"n", b"a"))
    helped.tell(known)
    helped.tell(news)
    assert list(helped.each(count, news, 1)) == [(0, news)]
    assert list(helped.each(count, news, 1)) == [(0, news)]
    assert list(helped.each(count, another, 1)) == [(0, another)]
    helped.tell(known)


def test_ending_it_while_it_is_told_files_says_nothing() -> None:
    words = (
        "from craffu.intake.ahead import Ahead\n"
        "one = Ahead(cores=2)\n"
        "one.tell(b'x' * 100_000_000); one.tell(b'y' * 100_000_000); one.close()"
    )
    root = Path(__file__).parents[3]
    done = subprocess.run([sys.executable, "-c", words], cwd=root, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_process_that_dies_while_it_is_told_a_file_is_lost(helped: Ahead) -> None:
    data = b"x" * 100_000_000
    helped.tell(data)
    assert helped.helper is not None
    helped.helper.process.kill()
    with pytest.raises(HelperLost):
        list(helped.each(count, data, 1))


def test_what_the_work_raises_is_raised_here_and_the_process_goes_on(helped: Ahead) -> None:
    steps = helped.each(unfit, b"CSV", 7)
    assert next(steps) == 1
    with pytest.raises(Unfit) as caught:
        next(steps)
    assert (caught.value.code, caught.value.line) == ("not_well_formed_csv", 7)
    assert caught.value.values == (("line", "7"), ("found", "CSV"))
    assert list(helped.each(count, b"", 1)) == [(0, b"")]


def test_whoever_stops_listening_ends_the_process_and_the_next_work_has_another(helped: Ahead) -> None:
    steps = helped.each(who, b"")
    process = next(steps)
    steps.close()  # type: ignore[attr-defined]
    assert is_gone(process)
    assert next(helped.each(who, b"")) != process


@pytest.mark.rule("INT-05")
def test_a_process_that_dies_is_an_error_and_never_the_end_of_the_file(helped: Ahead) -> None:
    steps = helped.each(slow, b"")
    os.kill(next(steps), signal.SIGKILL)
    with pytest.raises(HelperLost):
        next(steps)


@pytest.mark.rule("INT-05")
def test_a_process_that_dies_within_a_message_is_lost_too(helped: Ahead) -> None:
    steps = helped.each(large, b"")
    for _ in range(3):
        next(steps)
    assert helped.helper is not None
    helped.helper.process.kill()
    with pytest.raises(HelperLost):
        list(steps)


def test_whoever_listens_has_heard_the_end_before_the_line_is_closed(helped: Ahead) -> None:
    """Else it would go on reading from whatever is opened next."""
    for _ in range(20):
        steps = helped.each(large, b"")
        next(steps)
        helped.close()
        reading, writing = os.pipe()
        os.write(writing, b"x" * 600)
        time.sleep(0.01)
        assert os.read(reading, 600) == b"x" * 600
        os.close(reading)
        os.close(writing)
        steps.close()  # type: ignore[attr-defined]


def test_the_process_ends_with_the_one_that_asked_for_it_even_if_that_is_killed() -> None:
    words = (
        "from craffu.intake import ahead; from tests.factories.steps import who\n"
        "ahead.START_FROM = 0\n"
        "for process in ahead.Ahead(cores=2).each(who, b''): print(process, flush=True)"
    )
    root = Path(__file__).parents[3]
    with subprocess.Popen([sys.executable, "-c", words], cwd=root, stdout=subprocess.PIPE, text=True) as asking:
        assert asking.stdout is not None
        process = int(asking.stdout.readline())
        asking.kill()
    assert process != asking.pid
    assert is_gone(process)
