"""Which crimes may be part of stalking that was recorded as something else, by how they were recorded (BRC-09).

Offence codes and classes: rules.md, law.md section 4; the Home Office's counting rules give 8L and 8M to harassment, 8R to
malicious communications and 58A to 58J to criminal damage. Classes of arson (56) are none of these. A breach of an order is
no pattern of its own: it stands in the ledger.
"""

from collections.abc import Mapping
from typing import Final

from craffu.breaches.patterns.rules import Group

_H, _M, _D = Group.HARASSMENT, Group.MALICIOUS_COMMUNICATIONS, Group.CRIMINAL_DAMAGE
# Official offence codes. Those of malicious communications before 2024 and of damage are the codes that forces' own systems send.
BY_CODE: Final[Mapping[str, Group]] = {
    **dict.fromkeys(("PH97004", "PH97009", "CJ01015", "CD98069", "CD98076", "CD98077", "CD98078", "CD98079"), _H),
    **dict.fromkeys(("MT88001", "OS23001", "OS23002", "CA03009"), _M),
    **dict.fromkeys(("CD71039", "CD71040"), _D),
}
# Recorded-crime classes, and classes as main and sub code, without leading noughts.
BY_CLASS: Final[Mapping[str, Group]] = {
    **dict.fromkeys(("8L", "8M", "8/30", "8/50", "8/51", "8/56", "8/58", "195/94", "125/68"), _H),
    **dict.fromkeys(("8R", "8/72", "195/41", "5/28", "138/52", "196/7"), _M),
    **dict.fromkeys(("58A", "58B", "58C", "58D", "58E", "58F", "58G", "58H", "58J"), _D),
}


def group_of(offence_code: str, home_office_class: str = "") -> Group | None:
    """What a crime is recorded as, of these; None for anything else. The offence says more than its class."""
    found = BY_CODE.get(offence_code.strip().upper())
    return found or (BY_CLASS.get(_plain(home_office_class)) if not _is_other_code(offence_code) else None)


def _is_other_code(offence_code: str) -> bool:
    """Whether an offence code is given that is of stalking or of a breach, whatever class it was put in."""
    return offence_code.strip().upper() in _OF_OTHERS


# Stalking itself, and breaches of orders against harassment, some of which bear a class of harassment.
_OF_OTHERS: Final = frozenset(
    [
        "PH97001",
        "PH97003",
        "PH97005",
        "PH97006",
        "PH97007",
        "PH97008",
        "PH97010",
        "PH97011",
        "PH97012",
        "SE20002",
        "ST19001",
    ]
)


def _plain(home_office_class: str) -> str:
    """`008/30` and `8/30` are one, as are `8L` and `08l`."""
    return "/".join(part.strip().upper().lstrip("0") for part in home_office_class.split("/"))
