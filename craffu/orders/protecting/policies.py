"""Whom an order can be said to protect: somebody, who is not whoever it is against, and from what was seen (T30)."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from craffu.common.refusals import Conflict, NotNow


def check_is_not_respondent(respondent: Collection[int], records: Collection[int]) -> None:
    """`respondent` are all records held to be of whoever the order is against."""
    if set(respondent) & set(records):
        raise NotNow("protects_respondent", _("The order is against this person. It cannot protect them."))


def check_protects_somebody(records: Collection[int]) -> None:
    if not records:
        raise NotNow("protects_nobody", _("Choose at least one person: news of the order is told to whom it protects."))


def check_protected_as_seen(seen: int, said: int) -> None:
    if seen != said:
        raise Conflict(
            "protected_changed", _("Somebody else has changed whom the order protects. Nothing was changed.")
        )
