"""Whether a fault says that the machine cannot store any more: its disk is full, or does not take what is written (T36)."""

import errno
import sqlite3
from typing import Final

from django.db import DatabaseError

_LOWEST_BYTE: Final = 0xFF
_OF_SQLITE: Final = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY})
# PostgreSQL: disk full; what its disk did not take.
_OF_POSTGRESQL: Final = frozenset({"53100", "58030"})
_OF_THE_SYSTEM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS})


def cannot_store(fault: BaseException | None) -> bool:
    """Whether nothing was written because there is no room, or because the disk fails; not because of what was to be written."""
    if isinstance(fault, OSError):
        return fault.errno in _OF_THE_SYSTEM
    cause = fault.__cause__ if isinstance(fault, DatabaseError) else fault
    if isinstance(cause, sqlite3.Error):
        # What exactly failed stands above the lowest byte.
        return getattr(cause, "sqlite_errorcode", 0) & _LOWEST_BYTE in _OF_SQLITE
    return getattr(cause, "sqlstate", None) in _OF_POSTGRESQL
