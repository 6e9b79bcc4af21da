"""The last net under a row: one that the database refuses is held back, and no other row of the run is lost (INT-03).

Only what the database says of the row's own values is caught; a fault of the program still ends the run.
"""

import logging
from collections.abc import Callable

from craffu.intake.taking import ROW_FAULTS

log = logging.getLogger(__name__)


def stored_or_held[R](store: Callable[[], R], hold: Callable[[], R]) -> R:
    """What became of a row, or of a batch, that `store` puts into a transaction of its own.

    Where the database refuses a value in it, all of that is undone and `hold` says what becomes of the row instead.
    """
    try:
        return store()
    except ROW_FAULTS as fault:
        # The database's own words would repeat the values.
        log.error("the database refused a row: %s", type(fault).__name__)
        return hold()
