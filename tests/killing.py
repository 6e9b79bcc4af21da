"""Kill a command again and again while it works, each time in another stretch of its run."""

import random
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from tests.installation import Installation

# So many kills on one register: what the runs before left to do becomes less, and is taken up again from nothing.
ON_ONE: Final = 5


def timed(installation: Installation, *args: str | Path, expect: int = 0) -> float:
    """How many seconds a command took that nobody disturbed."""
    started = time.monotonic()
    installation.run(*args, expect=expect, anew=True)
    return time.monotonic() - started


def killed_while_running(
    fresh: Callable[[], Installation], *args: str | Path, kills: int, whole: float
) -> list[Installation]:
    """The registers on which a command was killed `kills` times while it worked, as they were left.

    A kill that came after the command had ended counts for nothing, and the next meets a register on which nothing was done.
    `whole` is how long it takes in seconds; it is killed more often early than late: what was slow when timed may be quick now.
    """
    chance = random.Random(kills)  # noqa: S311  # where to kill, not a secret
    registers, on_this = [fresh()], 0
    for kill in range(kills):
        for missed in range(10):
            if on_this == ON_ONE:
                registers.append(fresh())
                on_this = 0
            process = registers[-1].start(*args)
            # Never before it can have begun to store.
            time.sleep(whole * (0.15 + 0.7 * ((kill + chance.random()) / kills) ** 2 * 0.8**missed))
            process.send_signal(signal.SIGKILL)
            if process.wait() == -signal.SIGKILL:
                on_this += 1
                break
            # It had ended. Another register, killed earlier; what ended is looked at all the same.
            on_this = ON_ONE
        else:
            raise AssertionError("kills do not come in time: the test proves nothing")
    return registers
