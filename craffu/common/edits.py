"""Two people edit one thing: the second is told, and nothing of the first is overwritten (T30; ASVS 15.4.2).

A page that offers a change carries the version it was made from. The change is compared and made under one lock, so that
of two with the same version one is made and the other refused.
"""

import hashlib
import json
from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

from craffu.common.door import action
from craffu.common.locks import lock_until_commit
from craffu.common.refusals import Conflict

CHANGED = "changed_meanwhile"


def version_of(*said: str | int | None) -> str:
    """The version of a state: equal states have equal ones. Row numbers do, where every change adds a row."""
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:16]


def check_unchanged(seen: str, standing: str) -> None:
    """Refuses a change that was made from another version than the one that stands. None seen is another one too."""
    if seen != standing:
        raise Conflict(
            CHANGED,
            _("Somebody else changed this while you had it open. What they did stands, and yours was not saved."),
        )


@action
def change_unchanged[R](*, lock: Sequence[str], seen: str, standing: Callable[[], str], change: Callable[[], R]) -> R:
    """Carry out a change, itself an action, if what it changes still stands as it was seen.

    `standing` gives the version now; it is asked under the lock, which is held until all is committed.
    """
    lock_until_commit(*lock)
    check_unchanged(seen, standing())
    return change()
