"""What the snapshot holds of what victims were told and asked: news of the Code and of safety, surveys (VIC-05, VIC-08).

MET28, MET30; X10. As known when the snapshot was built, and at no earlier instant. Nobody's words or name are in it: of an answer
only whether it counts and whether it is one that the survey counts as satisfied.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final

from craffu.access.acting import Acting
from craffu.common.extracted import KNOWN_FROM, Extract, Holds, Row, keyed
from craffu.victims.everybody import code_notices, everybody, safety_news
from craffu.victims.gap.facts import Survey
from craffu.victims.gap.kinds import SATISFIED
from craffu.victims.gap.queries import sides
from craffu.victims.gap.rules import is_valid, went
from craffu.victims.inviting.trust import PAGE
from craffu.victims.surveys.kinds import NotAsked

CODE, SAFETY = "code", "safety"
OURS, ANOTHER = "safe_page", "another_system"


def _news(by: Acting, at: datetime) -> Iterator[Row]:
    found = everybody(by, at)
    for limit, rows in ((CODE, code_notices(found)), (SAFETY, safety_news(found))):
        for number, one in enumerate(rows):
            yield {
                "news": keyed("news", limit, one.key, number),
                "clock": limit,
                "due_on": one.day,
                "status": str(one.status),
                KNOWN_FROM: at,
            }


NEWS: Final = Extract(
    "news",
    {
        "news": Holds.REFERENCE, "clock": Holds.CODE, "due_on": Holds.DAY, "status": Holds.CODE, KNOWN_FROM: Holds.INSTANT,
    },
    _news,
)  # fmt: skip


def _surveys(by: Acting, at: datetime) -> Iterator[Row]:
    """Each question of each invitation, and each time that somebody was not asked: with no question, and why."""
    found = sides(by, at)
    named = _named({asked.survey for _record, asked in found.asked})
    for number, (_record, asked) in enumerate(found.asked):
        for question, satisfied in SATISFIED.items():
            said = (asked.answers or {}).get(question, "")
            yield {
                "invitation": keyed("survey", number),
                "question": f"{named[asked.survey]}/{question.value}",
                "asked_on": asked.on,
                "went": went(asked).value,
                "is_valid": is_valid(said),
                "is_satisfied": said == satisfied,
                "is_unsafe": False,
                KNOWN_FROM: at,
            }
    for number, (_record, left) in enumerate(found.not_asked):
        yield {
            "invitation": keyed("not_asked", number),
            "question": f"{_whose(left.system)}/not_asked",
            "asked_on": left.on,
            "went": "",
            "is_valid": False,
            "is_satisfied": False,
            "is_unsafe": left.reason == NotAsked.UNSAFE,
            KNOWN_FROM: at,
        }


def _whose(system: str) -> str:
    return OURS if system == PAGE else ANOTHER


def _named(surveys: Iterable[Survey]) -> dict[Survey, str]:
    """Each version and mode of a survey by a number, for what another system calls it is free text."""
    return {
        one: f"{_whose(one.system)}/{place}/{one.mode or 'mode_not_said'}"
        for place, one in enumerate(sorted(surveys), 1)
    }


SURVEYS: Final = Extract(
    "surveys",
    {
        "invitation": Holds.REFERENCE, "question": Holds.CODE, "asked_on": Holds.DAY, "went": Holds.CODE,
        "is_valid": Holds.YES, "is_satisfied": Holds.YES, "is_unsafe": Holds.YES, KNOWN_FROM: Holds.INSTANT,
    },
    _surveys,
)  # fmt: skip

TABLES: Final = (NEWS, SURVEYS)
