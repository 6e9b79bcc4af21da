"""What is true of safety work done, told and felt: row by row for every survey that was sent, and in all.

Worked out from what was made, in other words than the product's rules (Q1, C1, MET29, MET30, VIC-08). What cannot be known, as
the police extract has no readable record of whom it is about, is left out; of whom nothing can be read the group is empty.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from craffu.config.generate.chance import Words, whole
from craffu.config.generate.days import A_DAY, NEVER, day_of, written, written_at
from craffu.config.generate.offences import UNSUPPORTED
from craffu.config.generate.police import (
    home_office_classes,
    record_of_victim,
    relations_told,
    stations,
)
from craffu.config.generate.surveys import SYSTEM as SURVEYS
from craffu.config.generate.surveys import modes, not_asked, refs_of, sent_surveys
from craffu.config.generate.tables import words
from craffu.config.generate.truth import SYSTEM, Records
from craffu.config.generate.witness_care.extract import Care
from craffu.config.generate.world import SUSPECT, World
from craffu.config.generate.writing import Block, Extracts

_NOT_READ: Final = ("", "prefer_not_to_say")
_BANDS: Final = (
    (18, "under_18"),
    (25, "18_to_24"),
    (35, "25_to_34"),
    (45, "35_to_44"),
    (55, "45_to_54"),
    (65, "55_to_64"),
)
_OLDEST: Final = "65_and_over"
# Of each question which answers count as satisfied.
_SATISFIED: Final = {"felt_safe": "safer", "kept_informed": "yes", "taken_seriously": "yes", "felt_supported": "yes"}
_COLUMNS: Final = (
    "invitation", "crime_ref", "person_ref", "survey", "stage", "sent_on", "went", "may_be_linked", "done", "told",
    *_SATISFIED, "area", "relationship", "sex", "age", "ethnicity", "can_be_known",
)  # fmt: skip

type Split = dict[str, str]
type Row = dict[str, str]


def write(world: World, into: Extracts, records: Records, care: Care) -> None:
    told = _Told(world, records, care)
    rows = list(told.surveys())
    told.left()
    told.measures()
    told.withdrawals()
    sent = {name: words([row[name] for row in rows]) for name in _COLUMNS}
    into.write(SYSTEM, "surveys_sent", [Block(sent)] if rows else [], columns=_COLUMNS)
    as_of = written_at(whole([(world.last_day + 1) * A_DAY - 1])).tolist()[0]
    listed = [("as_of", "", "", "", "", as_of), *((*key, str(number)) for key, number in sorted(told.counts.items()))]
    columns = ("figure", "survey", "by", "value", "name", "number")
    block = Block(dict(zip(columns, map(words, zip(*listed, strict=True)), strict=True)))
    into.write(SYSTEM, "gap_figures", [block], columns=columns)


@dataclass(frozen=True, slots=True)
class _Victim:
    """The record that a crime names as its victim; what is not readable says nothing."""

    record: int
    is_known: bool


class _Told:
    """Counts everything, each figure by everything that it is split by."""

    def __init__(self, world: World, records: Records, care: Care) -> None:
        self._world, self._care = world, care
        self.counts: Counter[tuple[str, str, str, str, str]] = Counter()
        at = np.arange(len(world.crimes))
        self._refs: list[str] = world.records.refs(np.arange(len(world.records))).tolist()
        unreadable = records.unreadable.get("persons", set())
        self._readable = [ref not in unreadable for ref in self._refs]
        self._sexes, self._births = records.sexes, records.births
        self._ethnicities: list[str] = world.people.ethnicities(world.records.person).tolist()
        self._victims: list[int] = record_of_victim(world).tolist()
        self._areas: list[str] = stations(world, at).tolist()
        self._reported: list[int] = world.crimes.reported.tolist()
        self._relations = self._of_suspects()

    def _of_suspects(self) -> list[str]:
        """What is said of each crime's suspect, where one is named."""
        held, made = self._world.involvements, [""] * len(self._world.crimes)
        said = relations_told(self._world, np.arange(len(held.crime))).tolist()
        for crime, role, words_said in zip(held.crime.tolist(), held.role.tolist(), said, strict=True):
            if role == SUSPECT:
                made[crime] = words_said
        return made

    def _victim(self, crime: int) -> _Victim:
        record = self._victims[crime]
        return _Victim(record, self._readable[record])

    def _split(self, crime: int | None, victim: _Victim, day: int) -> Split:
        """By area, and by group as the records say it on a day."""
        record, known = victim.record, victim.is_known
        return {
            "area": "" if crime is None else self._areas[crime],
            "relationship": "" if crime is None else self._relations[crime],
            "sex": self._sexes[record] if known else "",
            "age": _band(self._births[record], day) if known else "",
            "ethnicity": self._ethnicities[record] if known else "",
        }

    def _count(self, figure: str, survey: str, split: Split, status: str, part: str = "") -> None:
        """One more of a status; `part` is numerator or denominator, where it counts in one: what is in the first is in both."""
        for by, value in {"whole": "", **split}.items():
            self.counts[figure, survey, by, value, status] += 1
            for name in {"numerator": ("numerator", "denominator"), "denominator": ("denominator",)}.get(part, ()):
                self.counts[figure, survey, by, value, name] += 1

    def surveys(self) -> Iterator[Row]:
        """Every invitation, counted where it can be known."""
        world, sent = self._world, sent_surveys(self._world)
        refs, mode = refs_of(len(sent.crime)), modes(sent.channel)
        crime_refs, on = world.crime_refs(sent.crime), written(sent.day)
        for place, crime in enumerate(sent.crime.tolist()):
            victim = self._victim(crime)
            answers = {name: str(sent.answers[name][place]) for name in _SATISFIED}
            answered, linked = bool(sent.answered[place]), bool(sent.may_be_linked[place])
            went = "not_delivered" if not sent.delivered[place] else "silent"
            if answered:
                went = "answered" if any(one not in _NOT_READ for one in answers.values()) else "no_valid_answer"
            work = self._care.measures.get(victim.record, [])
            until = int(sent.answered_on[place])
            done = any(day <= until for day, _ in work)
            told = any(day <= until and heard is not None and heard <= until for day, heard in work)
            survey = f"{SURVEYS}/{sent.version[place]}/{mode[place]}"
            split = self._split(crime, victim, int(sent.day[place]))
            if victim.is_known:
                staged = {"stage": str(sent.stage[place]), **split}
                self._response(survey, staged, went)
                if answered:
                    self._answers(survey, staged, answers, linked=linked, done=done, told=told)
            yield {
                "invitation": str(refs[place]), "crime_ref": str(crime_refs[place]),
                "person_ref": self._refs[victim.record], "survey": survey, "stage": str(sent.stage[place]),
                "sent_on": str(on[place]), "went": went, "may_be_linked": _yes(answered and linked),
                "done": _yes(answered and done), "told": _yes(answered and told),
                **(answers if answered else dict.fromkeys(_SATISFIED, "")), **split,
                "can_be_known": _yes(victim.is_known),
            }  # fmt: skip

    def _response(self, survey: str, split: Split, went: str) -> None:
        part = {"answered": "numerator", "not_delivered": ""}.get(went, "denominator")
        self._count("response", survey, split, went, part)

    def _answers(
        self, survey: str, split: Split, answers: Mapping[str, str], *, linked: bool, done: bool, told: bool
    ) -> None:
        """Her answers to each question; those that may not be linked only for the survey as a whole, and by its stage."""
        apart = {"stage": split["stage"]}
        for name, satisfied in _SATISFIED.items():
            said = answers[name] or "left_empty"
            part = "" if answers[name] in _NOT_READ else "numerator" if said == satisfied else "denominator"
            self._count(name, survey, split if linked else apart, said, part)
            if name == "felt_safe":
                less = "" if not part else "numerator" if said == "less_safe" else "denominator"
                self._count("less_safe", survey, split if linked else apart, said, less)
        said = answers["felt_supported"]
        if not linked or said in _NOT_READ:
            return
        work = "told" if told else "done_not_told" if done else "not_done"
        key = ("felt_supported", survey, "work", work)
        self.counts.update([(*key, said), (*key, "denominator"), *([(*key, "numerator")] if said == "yes" else [])])
        if done:
            self._count("done_unsupported", survey, split, said, "numerator" if said == "no" else "denominator")
        else:
            self._count("not_done_supported", survey, split, said, "numerator" if said == "yes" else "denominator")

    def left(self) -> None:
        """Who was not asked, among all who were or were not; because it was unsafe is what is asked."""
        invited, left = sent_surveys(self._world), not_asked(self._world)
        for crimes, days, stages, reasons in (
            (invited.crime, invited.day, invited.stage, words(["invited"] * len(invited.crime))),
            (left.crime, left.day, left.stage, left.reason),
        ):
            self._left(crimes.tolist(), days.tolist(), stages, reasons)

    def _left(self, crimes: list[int], days: list[int], stages: Words, reasons: Words) -> None:
        for crime, day, stage, reason in zip(crimes, days, stages, reasons, strict=True):
            victim = self._victim(crime)
            if victim.is_known:
                split = {"stage": str(stage), **self._split(crime, victim, day)}
                part = "numerator" if reason == "unsafe" else "denominator"
                self._count("not_asked", SURVEYS, split, str(reason), part)

    def measures(self) -> None:
        """Everything done for somebody's safety, by the case of theirs that was reported last by then, else the first."""
        crimes: dict[int, list[int]] = {}
        for crime, record in enumerate(self._victims):
            crimes.setdefault(record, []).append(crime)
        last = self._world.last_day
        for record, work in self._care.measures.items():
            victim = _Victim(record, self._readable[record])
            if not victim.is_known:
                continue
            ordered = sorted(crimes[record], key=lambda one: self._reported[one])
            for day, heard in work:
                by_then = [one for one in ordered if self._reported[one] // A_DAY <= day]
                split = self._split(by_then[-1] if by_then else ordered[0], victim, day)
                told = heard is not None and heard <= last
                self._count(
                    "told_of_done", "", split, "told" if told else "not_told", "numerator" if told else "denominator"
                )

    def withdrawals(self) -> None:
        """Every crime that is closed by its last outcome; of those that were not supported, why they withdrew."""
        world = self._world
        outcomes, days = world.outcomes.last.tolist(), world.outcomes.charged_on.tolist()
        classes = home_office_classes(world, np.arange(len(world.crimes))).tolist()
        for crime, (outcome, day) in enumerate(zip(outcomes, days, strict=True)):
            if day >= NEVER:
                continue
            victim = self._victim(crime)
            split = {"offence_class": str(classes[crime]), **self._split(crime, victim, day)}
            for which in UNSUPPORTED:
                status = f"outcome_{which}" if outcome == which else "another_outcome"
                self._count(f"withdrew_{which}", "", split, status, "numerator" if outcome == which else "denominator")
            if outcome in UNSUPPORTED:
                # Written down of somebody of whom nothing could be taken in, it is not known.
                why = self._care.withdrew.get(crime, "") if victim.is_known else ""
                self._count(f"why_{outcome}", "", split, why or "not_said", "numerator" if why else "denominator")


def _band(born: str, day: int) -> str:
    """The age band on a day of who was born on a whole day; empty where that is not said."""
    if len(born) != len("2000-01-31"):
        return ""
    year, month, date_of = map(int, born.split("-"))
    on = day_of(day)
    age = on.year - year - ((on.month, on.day) < (month, date_of))
    return next((band for limit, band in _BANDS if age < limit), _OLDEST)


def _yes(given: bool) -> str:
    return "yes" if given else "no"
