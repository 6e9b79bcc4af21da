"""A run that is stopped takes away what it made, however it was told: servers, folders, programs that it tries."""

import signal


def like_ctrl_c() -> None:
    """Whatever asks this process to end is a KeyboardInterrupt from now on.

    What a shell began in the background ignores Ctrl-C, and so would every program that it starts.
    """
    for told in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(told, _stop)
    signal.signal(signal.SIGINT, signal.default_int_handler)


def _stop(*_: object) -> None:
    raise KeyboardInterrupt
