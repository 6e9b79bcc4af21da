"""What victims were asked and answered, under the force's own references only."""

from collections.abc import Iterator

import numpy as np

from craffu.config.generate.chance import Ints, Words
from craffu.config.generate.days import A_DAY, written, written_at
from craffu.config.generate.police import record_of_victim
from craffu.config.generate.tables import rate, words
from craffu.config.generate.world import World
from craffu.config.generate.writing import Block, Column, Extracts, blocks_of

SYSTEM = "surveys"
_STAGES = words(["after_report", "investigation", "closed"])
# How often each is answered, in proportion: our own choice.
_QUESTIONS = {
    "felt_safe": (("safer", "same", "less_safe", "prefer_not_to_say"), (38, 30, 27, 5)),
    "kept_informed": (("yes", "partly", "no", "prefer_not_to_say"), (36, 30, 31, 3)),
    "taken_seriously": (("yes", "partly", "no", "prefer_not_to_say"), (52, 26, 19, 3)),
    "felt_supported": (("yes", "partly", "no", "prefer_not_to_say"), (42, 29, 26, 3)),
}


def write(world: World, into: Extracts) -> None:
    at = np.arange(len(world.crimes))
    chance = world.chance.about("surveys")
    sent = world.crimes.recorded // A_DAY + chance.about("sent").between(at, 30, 150)
    invited = at[chance.about("invited").hit(at, rate("surveys.invited")) & (sent <= world.last_day)]
    invited = invited[np.lexsort((invited, sent[invited]))]
    into.write(SYSTEM, "invitations", _invitations(world, invited, sent))
    into.write(SYSTEM, "answers", _answers(world, invited, sent))


def _refs(count: int) -> Words:
    return words([f"SV{one + 1:07}" for one in range(count)])


def _invitations(world: World, invited: Ints, sent: Ints) -> Iterator[Block]:
    chance, refs, victims = world.chance.about("surveys"), _refs(len(invited)), record_of_victim(world)
    for rows in blocks_of(len(invited)):
        crime = invited[rows]
        yield Block(
            {
                "invitation_ref": refs[rows],
                "crime_ref": world.crime_refs(crime),
                "person_ref": world.records.refs(victims[crime]),
                "stage": _STAGES[chance.about("stage").pick(crime, (30, 30, 40))],
                "sent_on": written(sent[crime]),
                "channel": words(["email", "text_message", "letter"])[
                    chance.about("channel").pick(crime, (45, 35, 20))
                ],
                "delivered": np.where(chance.about("delivered").hit(crime, rate("surveys.delivered")), "yes", "no"),
                "updated_at": written_at(sent[crime] * A_DAY + 600),
            }
        )


def _answers(world: World, invited: Ints, sent: Ints) -> Iterator[Block]:
    chance = world.chance.about("surveys")
    delivered = chance.about("delivered").hit(invited, rate("surveys.delivered"))
    day = sent[invited] + chance.about("answered on").between(invited, 1, 35)
    did = delivered & chance.about("answered").hit(invited, rate("surveys.answered")) & (day <= world.last_day)
    which = np.flatnonzero(did)
    refs = _refs(len(invited))
    for rows in blocks_of(len(which)):
        at = which[rows]
        crime = invited[at]
        welsh = world.people.welsh[world.crimes.victim[crime]]
        spoken = chance.about("words").hit(crime, 0.3)
        columns: dict[str, Column] = {
            "invitation_ref": refs[at],
            "answered_on": written(day[at]),
            "language": np.where(welsh, "cy", "en"),
            "words": np.where(
                spoken, np.where(welsh, "Hoffwn i fod wedi clywed mwy.", "I would have liked to hear more."), ""
            ),
            "may_be_linked": np.where(chance.about("linked").hit(crime, 0.7), "yes", "no"),
            "updated_at": written_at(day[at] * A_DAY + 660),
        }
        for name, (choices, often) in _QUESTIONS.items():
            answer = words(choices)[chance.about(name).pick(crime, often)]
            left = chance.about(name, "left").hit(crime, rate("surveys.question_left_empty"))
            columns[name] = np.where(left, "", answer)
        yield Block(columns)
