"""The shape of what is typed on the safe page: a day and perhaps a time, as one answer; and what is not answered yet."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from craffu.clocks.london import day_of
from craffu.victims.answering.kinds import Question
from craffu.victims.answering.rules import LONGEST_WORDS, NOT_SURE
from craffu.web.victims.agreement_forms import clock_time

# Words go with her past the notice of who may read them, where she has to be told in another language first.
CARRIED: Final = "carried"
_FIELDS: Final = ("said", "day", "month", "year", "time", "unsure")
NOTHING_TYPED: Final[Mapping[str, str]] = dict.fromkeys((CARRIED, *_FIELDS), "")


def when_answer(said: Mapping[str, str], now: datetime) -> str:
    """The day, with its time where one was typed, as ISO 8601; NOT_SURE where that was ticked.

    Raises ValueError for what is no day, or lies ahead; ValidationError for what no clock shows.
    """
    if said.get("unsure"):
        return NOT_SURE
    year, month, day = (int(said.get(part, "").strip()) for part in ("year", "month", "day"))
    on = date(year + 2000 if year < 100 else year, month, day)
    if on > day_of(now):
        raise ValueError("that has not come yet")
    at = said.get("time", "").strip()
    return f"{on.isoformat()}T{clock_time(at)}" if at else on.isoformat()


def typed(said: Mapping[str, str]) -> dict[str, str]:
    """What stands in the fields of a question and is not answered: her words under a name of their own."""
    if said.get("question") in (Question.WORDS, Question.READERS):
        name = "said" if said["question"] == Question.WORDS else CARRIED
        return {CARRIED: said.get(name, "")[:LONGEST_WORDS]}
    return {name: said[name][:LONGEST_WORDS] for name in _FIELDS if name in said}
