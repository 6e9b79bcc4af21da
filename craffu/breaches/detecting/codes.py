"""By which official codes a force or a court says that something was a breach, and of which kinds of order (BRC-02).

Codes of other duties under an order (a notification not made) are offences of their own and say nothing of its conditions.
"""

from collections.abc import Mapping
from functools import cache
from typing import Final

from craffu.orders.catalogue.reading import kinds

# How the catalogue begins what such a code means.
_MEANS_A_BREACH: Final = ("breach", "individual fails to comply", "failure to comply")


@cache
def kinds_by_code() -> Mapping[str, frozenset[str]]:
    """The kinds of order of which each code says that they were broken: offence codes, and classes as `008/74`."""
    found: dict[str, set[str]] = {}
    for code, kind in kinds().items():
        for one in (*kind.codes.breach, *kind.codes.home_office):
            if kind.codes.meanings.get(one, "").startswith(_MEANS_A_BREACH):
                found.setdefault(one, set()).add(code)
    # An interim order of a kind without codes of its own is broken as the full order is.
    return {one: frozenset(several) for one, several in found.items()}


def every_kind() -> frozenset[str]:
    """The kinds of order whose breach has a code: what is said of one without naming a code may be of any of them."""
    return frozenset(kind for several in kinds_by_code().values() for kind in several)


def kinds_said(offence_code: str, home_office_class: str = "") -> frozenset[str]:
    """Of which kinds of order a crime or charge with these codes says that one was broken; none where it says nothing of it."""
    by_code = kinds_by_code()
    return by_code.get(offence_code) or by_code.get(home_office_class) or frozenset()
