"""When a key may leave the ring (SEC-06): never while it writes, and never while anything still needs it."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from craffu.common.refusals import NotNow


def check_does_not_write(key: str, writing: str) -> None:
    if key == writing:
        raise NotNow(
            "key_writes", _("%(key)s is the key that writes. Add another and rotate to it first.") % {"key": key}
        )


def check_nothing_left(key: str, left: Mapping[str, int]) -> None:
    """`left` are the rows that still need the key, by table and column."""
    needed = {where: rows for where, rows in left.items() if rows}
    if needed:
        places = ", ".join(f"{where}: {rows:,}" for where, rows in sorted(needed.items()))
        raise NotNow(
            "key_needed",
            _("%(key)s is still needed (%(places)s). Run `craffu keys rotate` to its end first.")
            % {"key": key, "places": places},
        )


def check_sessions_over(since: datetime | None, idle: timedelta, now: datetime) -> None:
    """Who is signed in is known by a token too: one in use moves to the new key, and one that is not ends after `idle`."""
    if since is not None and now < since + idle:
        minutes = -(-(since + idle - now).seconds // 60)
        raise NotNow(
            "sessions_under_key",
            _("People signed in before the change may still be known by this key. Try again in %(minutes)d minutes.")
            % {"minutes": minutes},
        )


def check_sees_every_row(hidden: Collection[str]) -> None:
    """Refuses where the database keeps rows of other forces from this process: a key is every force's."""
    if hidden:
        raise NotNow(
            "rows_hidden",
            _("The database shows this account only some rows of %(tables)s. Run it as the owner of the tables.")
            % {"tables": ", ".join(sorted(hidden))},
        )


def check_nobody_works_under_it(transactions: int) -> None:
    if transactions:
        raise NotNow(
            "work_under_key",
            _("Work that began before is still going on. Nothing was changed: try again when it has ended."),
        )
