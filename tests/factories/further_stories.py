"""Ten further stories of a breach each, written by somebody who had built none of it: what is said is taken back, corrected,
joined or asked again, and the list of what does not agree follows (BRC-03).
"""

from typing import Final

from craffu.breaches.detecting.rules import Decision
from craffu.breaches.ledger.kinds import Standpoint
from craffu.breaches.standpoints.actions import explain, open_again
from craffu.breaches.standpoints.rules import Mismatch
from craffu.people.queries import people_of_records
from tests.factories.breach_stories import DAY, HOUR, RECORDED, BreachStory, Cast
from tests.factories.breaches import reported


def _two_officers_name_two_conditions(cast: Cast) -> None:
    cast.report(1)
    people = people_of_records(cast.system, [cast.order.respondent_id])
    named = tuple(one.pk for one in cast.conditions(2))
    reported(
        cast.investigator, people[cast.order.respondent_id].reference, cast.happened, "2",
        order=cast.order.reference, conditions=named,
    )  # fmt: skip
    cast.joins()
    cast.decides(Decision.ACCEPT, 1, 2)
    cast.course_answered()
    cast.says(Standpoint.PROSECUTION, "charged")
    cast.clock(cast.now + HOUR)


def _found_proved_on_a_second_trial(cast: Cast) -> None:
    cast.crime(**RECORDED)
    cast.course_answered()
    cast.says(Standpoint.COURT, "not_proved", cast.now - 3 * HOUR)
    cast.says(Standpoint.VICTIM_TOLD, "not_proved", cast.now - 2 * HOUR)
    cast.says(Standpoint.COURT, "proved", cast.now)
    cast.clock(cast.now + HOUR)


def _quashed_after_she_was_told(cast: Cast) -> None:
    cast.crime(**RECORDED)
    cast.course_answered()
    cast.says(Standpoint.PROSECUTION, "charged")
    cast.says(Standpoint.COURT, "proved", cast.now - 3 * HOUR)
    cast.says(Standpoint.VICTIM_TOLD, "proved", cast.now - 2 * HOUR)
    cast.says(Standpoint.COURT, "quashed", cast.now)
    cast.clock(cast.now + 20 * DAY)


def _police_learn_of_it_from_probation(cast: Cast) -> None:
    cast.probation(cast.happened, "order_breach_reported")
    cast.crime(**RECORDED)
    cast.joins()
    cast.decides(Decision.ACCEPT, 1)
    cast.links_are_confirmed()
    cast.course_answered()
    cast.clock(cast.now + HOUR)


def _rejected_then_held_for_one(cast: Cast) -> None:
    cast.crime()
    cast.decides(Decision.REJECT)
    cast.says(Standpoint.PROSECUTION, "discontinued")
    open_again(by=cast.investigator, breach=cast.breach, reason="A film of the doorbell")
    cast.clock(cast.now + HOUR)
    cast.decides(Decision.ACCEPT, 1)
    cast.clock(cast.now + 2 * DAY + HOUR)


def _rejected_opened_again_and_left(cast: Cast) -> None:
    cast.crime()
    cast.says(Standpoint.PROBATION, "warning")
    cast.decides(Decision.REJECT)
    cast.clock(cast.now + 3 * DAY)
    open_again(by=cast.investigator, breach=cast.breach, reason="A film of the doorbell")
    cast.clock(cast.now + 5 * HOUR)


def _everybody_says_something_else(cast: Cast) -> None:
    cast.report(1)
    cast.decides(Decision.ACCEPT, 1)
    cast.course_answered()
    cast.says(Standpoint.PROSECUTION, "charged")
    cast.says(Standpoint.PROBATION, "warning", None, cast.happened - 3 * DAY)
    cast.says(Standpoint.COURT, "not_proved", cast.now, cast.happened, 2)
    cast.clock(cast.now + 15 * DAY)


def _charged_after_all(cast: Cast) -> None:
    cast.crime(**RECORDED)
    cast.outcome("5")
    cast.course_answered()
    cast.clock(cast.now + 20 * DAY)
    cast.says(Standpoint.PROSECUTION, "charged", cast.now)
    cast.clock(cast.now + 182 * DAY)


def _explained_before_all_was_said(cast: Cast) -> None:
    cast.crime(**RECORDED)
    cast.outcome("5")
    cast.course_answered()
    explain(
        by=cast.supervisor, breach=cast.breach, code=Mismatch.ACCEPTED_AND_NO_ACTION, words="Their review upheld it"
    )
    cast.clock(cast.now + HOUR)
    cast.says(Standpoint.PROBATION, "recall", cast.now)
    cast.clock(cast.now + HOUR)


def _a_day_to_either_side(cast: Cast) -> None:
    cast.report(1)
    cast.decides(Decision.ACCEPT, 1)
    cast.course_answered()
    cast.says(Standpoint.PROBATION, "warning", None, cast.happened - DAY)
    cast.says(Standpoint.COURT, "proved", cast.now, cast.happened + DAY, 1)
    cast.says(Standpoint.VICTIM_TOLD, "proved", cast.now)
    cast.clock(cast.now + HOUR)


FURTHER: Final = (
    BreachStory(
        "Two officers name a condition each, and police hold both broken", (), _two_officers_name_two_conditions
    ),
    BreachStory("Acquitted, told so, and proved on a second trial", ("M14",), _found_proved_on_a_second_trial),
    BreachStory("Proved, told so, and quashed", ("M14",), _quashed_after_she_was_told),
    BreachStory("Probation told of it first, then police recorded it", (), _police_learn_of_it_from_probation),
    BreachStory("Rejected, opened again and held for a breach", ("M9",), _rejected_then_held_for_one),
    BreachStory(
        "Rejected, opened again and left undecided", ("M1",), _rejected_opened_again_and_left, is_printed=False
    ),
    BreachStory(
        "Three days, two conditions, acquitted, and she was not told",
        ("M5", "M6", "M7", "M13"),
        _everybody_says_something_else,
    ),
    BreachStory("No action at first, charged after all, and half a year", (), _charged_after_all),
    BreachStory("Explained, and then probation recalled", ("M11",), _explained_before_all_was_said),
    BreachStory("Each within a day of the report, two days from each other", ("M5",), _a_day_to_either_side),
)
