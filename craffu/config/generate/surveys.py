"""What victims were asked and answered, under the force's own references only."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from craffu.config.generate.chance import Flags, Ints, Words
from craffu.config.generate.days import A_DAY, written, written_at
from craffu.config.generate.police import record_of_victim
from craffu.config.generate.tables import drawn_word, rate, words
from craffu.config.generate.world import World
from craffu.config.generate.writing import Block, Column, Extracts, blocks_of

SYSTEM = "surveys"
_STAGES = words(["after_report", "investigation", "closed"])
# How often each is answered, in proportion: our own choice.
QUESTIONS = {
    "felt_safe": (("safer", "same", "less_safe", "prefer_not_to_say"), (38, 30, 27, 5)),
    "kept_informed": (("yes", "partly", "no", "prefer_not_to_say"), (36, 30, 31, 3)),
    "taken_seriously": (("yes", "partly", "no", "prefer_not_to_say"), (52, 26, 19, 3)),
    "felt_supported": (("yes", "partly", "no", "prefer_not_to_say"), (42, 29, 26, 3)),
}


def write(world: World, into: Extracts) -> None:
    invited, sent = _invited(world)
    into.write(SYSTEM, "invitations", _invitations(world, invited, sent))
    into.write(SYSTEM, "answers", _answers(world, invited, sent))
    into.write(SYSTEM, "not_invited", _not_invited(world, not_asked(world)))


@dataclass(frozen=True, slots=True)
class Sent:
    """Every invitation in the order sent: of which crime, on what day, and how it went."""

    crime: Ints
    day: Ints
    stage: Words
    version: Words
    channel: Words
    delivered: Flags
    answered: Flags
    answered_on: Ints
    may_be_linked: Flags
    answers: Mapping[str, Words]


def sent_surveys(world: World) -> Sent:
    """The same invitations and answers as the extract holds."""
    crime, sent = _invited(world)
    chance, day = world.chance.about("surveys"), sent[crime]
    delivered = chance.about("delivered").hit(crime, rate("surveys.delivered"))
    answered, on = _did_answer(world, crime, sent)
    return Sent(
        crime, day, _stages(world, crime), _versions(world, day), _channels(world, crime), delivered, answered, on,
        chance.about("linked").hit(crime, 0.7), {name: _answered(world, crime, name) for name in QUESTIONS},
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Left:
    """Everybody of whom is written down why they were not asked."""

    crime: Ints
    day: Ints
    stage: Words
    reason: Words


def not_asked(world: World) -> Left:
    invited, sent = _invited(world)
    chance = world.chance.about("surveys")
    at = np.setdiff1d(np.flatnonzero(sent <= world.last_day), invited)
    at = at[chance.about("not asked").hit(at, rate("surveys.not_asked"))]
    at = at[np.lexsort((at, sent[at]))]
    return Left(
        at, sent[at], _stages(world, at), drawn_word(chance.about("why not asked"), "surveys.why_not_asked", at)
    )


def _invited(world: World) -> tuple[Ints, Ints]:
    """The crimes of which somebody was invited, in the order sent, and for every crime the day on which that is or would be."""
    at = np.arange(len(world.crimes))
    chance = world.chance.about("surveys")
    sent = world.crimes.recorded // A_DAY + chance.about("sent").between(at, 30, 150)
    invited = at[chance.about("invited").hit(at, rate("surveys.invited")) & (sent <= world.last_day)]
    return invited[np.lexsort((invited, sent[invited]))], sent


def _stages(world: World, crime: Ints) -> Words:
    return _STAGES[world.chance.about("surveys").about("stage").pick(crime, (30, 30, 40))]


def _channels(world: World, crime: Ints) -> Words:
    chance = world.chance.about("surveys")
    return words(["email", "text_message", "letter"])[chance.about("channel").pick(crime, (45, 35, 20))]


def _versions(world: World, day: Ints) -> Words:
    return np.where(day >= world.last_day - round(rate("surveys.second_version_days")), "2", "1").astype(object)


def modes(channel: Words) -> Words:
    """A letter holds a form; any other way leads to a page."""
    return np.where(channel == "letter", "paper", "online").astype(object)


def _did_answer(world: World, invited: Ints, sent: Ints) -> tuple[Flags, Ints]:
    chance = world.chance.about("surveys")
    delivered = chance.about("delivered").hit(invited, rate("surveys.delivered"))
    day = sent[invited] + chance.about("answered on").between(invited, 1, 35)
    return delivered & chance.about("answered").hit(invited, rate("surveys.answered")) & (day <= world.last_day), day


def _answered(world: World, crime: Ints, name: str) -> Words:
    choices, often = QUESTIONS[name]
    chance = world.chance.about("surveys")
    answer = words(choices)[chance.about(name).pick(crime, often)]
    return np.where(chance.about(name, "left").hit(crime, rate("surveys.question_left_empty")), "", answer)


def refs_of(count: int) -> Words:
    return words([f"SV{one + 1:07}" for one in range(count)])


def _invitations(world: World, invited: Ints, sent: Ints) -> Iterator[Block]:
    chance, refs, victims = world.chance.about("surveys"), refs_of(len(invited)), record_of_victim(world)
    for rows in blocks_of(len(invited)):
        crime = invited[rows]
        yield Block(
            {
                "invitation_ref": refs[rows],
                "crime_ref": world.crime_refs(crime),
                "person_ref": world.records.refs(victims[crime]),
                "stage": _stages(world, crime),
                "survey_version": _versions(world, sent[crime]),
                "mode": modes(_channels(world, crime)),
                "sent_on": written(sent[crime]),
                "channel": _channels(world, crime),
                "delivered": np.where(chance.about("delivered").hit(crime, rate("surveys.delivered")), "yes", "no"),
                "updated_at": written_at(sent[crime] * A_DAY + 600),
            }
        )


def _answers(world: World, invited: Ints, sent: Ints) -> Iterator[Block]:
    chance = world.chance.about("surveys")
    did, day = _did_answer(world, invited, sent)
    which = np.flatnonzero(did)
    refs = refs_of(len(invited))
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
        columns |= {name: _answered(world, crime, name) for name in QUESTIONS}
        yield Block(columns)


def _not_invited(world: World, left: Left) -> Iterator[Block]:
    victims = record_of_victim(world)
    refs = words([f"SN{one + 1:07}" for one in range(len(left.crime))])
    for rows in blocks_of(len(left.crime)):
        crime = left.crime[rows]
        yield Block(
            {
                "not_invited_ref": refs[rows],
                "crime_ref": world.crime_refs(crime),
                "person_ref": world.records.refs(victims[crime]),
                "stage": left.stage[rows],
                "decided_on": written(left.day[rows]),
                "reason": left.reason[rows],
                "updated_at": written_at(left.day[rows] * A_DAY + 600),
            }
        )
