"""Reach as a rule case file asks for it: plain values in, plain values out. It decides nothing of its own."""

from collections.abc import Mapping
from typing import Any

from craffu.access.reach.rules import STATUS, Answer, Place, Reach, Within, answer, reaches
from craffu.audit.rules import Verb

EVERYWHERE = "*"


def access(user: Mapping[str, Any], record: Mapping[str, Any], needs: str) -> dict[str, Any]:
    """What somebody is answered, with which status, and as what it stands in the log."""
    areas = frozenset(user["areas"])
    within = Within(Reach.FORCE if EVERYWHERE in areas else Reach.AREA, user["id"], areas)
    given = answer(
        of_force=user["force"] == record["force"],
        holds_right=needs in user["rights"],
        is_shut=record.get("restricted", False),
        is_reached=reaches(within, Place(record["area"])),
        is_let_in=user["id"] in record.get("team", ()),
    )
    verb = Verb.CONSULTATION if given is Answer.GRANTED else Verb.DENIED
    return {"answer": given.value, "status": int(STATUS[given]), "audit": verb.value}
