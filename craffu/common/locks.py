"""Locks by name, for what must be looked up and then written with nobody in between.

SQLite has one writer at a time (transactions begin IMMEDIATE), so there is nothing to lock there.
"""

import hashlib

from django.db import connection


def lock_until_commit(*parts: str) -> None:
    """Wait until no other transaction holds the lock of this name, and hold it until this one ends.

    What is read afterwards includes what the holder before committed. Call it inside a transaction.
    """
    if connection.vendor != "postgresql":
        return
    name = hashlib.sha256("\x00".join(parts).encode()).digest()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int.from_bytes(name[:8], signed=True)])
