"""How much memory may be taken, and what is said where there is no room: better than to be stopped by the machine.

An engine keeps to its own share. What it is handed as columns lies outside that, so that it has a share too.
"""

import os
from typing import Final

# Of the machine's memory: of the engine, and of the tables that it is handed.
_ENGINE: Final = 0.6
_TABLES: Final = 0.3


class NotEnoughMemory(ValueError):
    """There is no room for what was asked; the message says what to do."""


def memory_of_machine() -> int:
    return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")


def memory_limit() -> str:
    """What an engine may take, as it is told."""
    return f"{max(512, int(memory_of_machine() * _ENGINE / 2**20))}MB"


def check_tables_fit(wanted: int, what: str) -> None:
    """Before any of it is read. Raises NotEnoughMemory."""
    most = max(2**28, int(memory_of_machine() * _TABLES))
    if wanted > most:
        raise NotEnoughMemory(
            f"{what} takes about {wanted / 2**30:.1f} GB of memory as columns, and {most / 2**30:.1f} GB may be taken for them"
            " here: use a machine with more, or ask for fewer measures at once"
        )
