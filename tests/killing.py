"""Kill a command again and again while it works, each time in another stretch of its run."""

import random
import signal
import time
from pathlib import Path

from tests.installation import Installation


def timed(installation: Installation, *args: str | Path, expect: int = 0) -> float:
    """How many seconds a command took that nobody disturbed."""
    started = time.monotonic()
    installation.run(*args, expect=expect, anew=True)
    return time.monotonic() - started


def kill_while_running(installation: Installation, *args: str | Path, kills: int, whole: float) -> None:
    """Start a command `kills` times and kill it, more often early than late: what was slow when timed may be quick now.

    `whole` is how long it takes in seconds. That no kill came before the command had ended is a failure.
    """
    chance = random.Random(kills)  # noqa: S311  # where to kill, not a secret
    landed = 0
    for kill in range(kills):
        process = installation.start(*args)
        time.sleep(whole * (0.15 + 0.7 * ((kill + chance.random()) / kills) ** 2))
        process.send_signal(signal.SIGKILL)
        landed += process.wait() == -signal.SIGKILL
    assert landed, "no kill came in time: the test proved nothing"
