"""A refusal: something a person may not do, or not now, with the reason and what to do about it.

Every check has one raising form; `allows` turns it into the yes/no form for pages, so the two are never written twice.
"""

from collections.abc import Callable


class Refusal(Exception):
    """Why an act was refused.

    `code` is stable and safe to log; `message` is for the person who asked and may be shown.
    """

    status = 409

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class NotPermitted(Refusal):
    """The person has no right to do this, whatever the moment (who)."""

    status = 403


class NotNow(Refusal):
    """The person has the right, but the record does not allow it in its present state (when)."""


class Conflict(Refusal):
    """Somebody else changed the record first; nothing was overwritten."""


def allows[**P](check: Callable[P, object], *args: P.args, **kwargs: P.kwargs) -> bool:
    """Whether a raising check lets the act through."""
    try:
        check(*args, **kwargs)
    except Refusal:
        return False
    return True
