"""What a paper of an order may leave for, in words (SEC-07)."""

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from craffu.access.exports.reasons import PURPOSES as OF_EXPORTS
from craffu.access.exports.rules import Purpose
from craffu.orders.printing.rules import LETTERS, Printed

POLICING: Final = "policing"
SERVING: Final = "serving"
TELLING: Final = "telling"
OWN: Final[Mapping[str, Promise]] = {
    POLICING: _("For police work on this order"),
    SERVING: _("To serve it on the respondent"),
    TELLING: _("To write to whom it is for"),
}
_ALL: Final[Mapping[str, Promise]] = {**OWN, **OF_EXPORTS}
_OF_A_CARD: Final = (POLICING, Purpose.SAFEGUARDING)
_OF_OTHERS: Final = (Purpose.COURT, Purpose.PROSECUTION, SERVING)


def purposes_of(kind: str) -> Mapping[str, Promise]:
    """What a paper of a kind may be taken out for: a letter for one thing alone."""
    if kind in LETTERS:
        return {TELLING: _ALL[TELLING]}
    return {one: _ALL[one] for one in (_OF_A_CARD if kind == Printed.CARD else _OF_OTHERS)}
