"""`craffu person merge|split`: a person's word that two are one, or that one is two, which can be taken back (IDN-03, IDN-04).

It goes through the doors that the page of a pair goes through: who may, when somebody else has to agree, and what is logged.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from craffu.access.acting import Acting
from craffu.access.policies import check_is_there
from craffu.common.refusals import Refusal
from craffu.config.cli import DONE, NotCarriedOut, not_carried_out
from craffu.config.commands.database import acting
from craffu.intake.linking.actions import agree_pair, decide_records, part_records
from craffu.intake.linking.asked import BETWEEN, Asked, asked_about
from craffu.linkage.facts import NewWord
from craffu.linkage.forming import Scope, Word
from craffu.linkage.models import Pair
from craffu.linkage.permissions import check_can_decide_pair
from craffu.linkage.queries import PairStory, find_pair, stories_among, story_of_pair
from craffu.people.queries import people_of_records

HOW: Final = 'Say which two and why: craffu person {action} P-10001 P-10002 --reason "..." --as USER.'


@dataclass(frozen=True, slots=True)
class Done:
    """What was said, of which pair, and whether it counts already."""

    pair: Pair
    word: str
    waits: bool


def run(args: argparse.Namespace) -> int:
    """Say it. Raises NotCarriedOut with what to do instead."""
    by = acting(args.as_user)
    how = HOW.format(action=args.action)
    try:
        check_can_decide_pair(by)
        if args.agree or args.undo or len(args.text) == 1:
            done = _of_a_pair(by, args, how)
        else:
            left, right = _two(by, args.text, how)
            done = (_merge if args.action == "merge" else _split)(by, left, right, args.reason)
    except Refusal as refusal:
        raise not_carried_out(refusal, how) from refusal
    answer = _answer(by, done)
    print(json.dumps(answer) if args.json else _in_words(answer))
    return DONE


def _two(by: Acting, text: Sequence[str], how: str) -> tuple[Asked, Asked]:
    if len(text) != 2:
        raise NotCarriedOut(how)
    return asked_about(by, *text)


def _of_a_pair(by: Acting, args: argparse.Namespace, how: str) -> Done:
    """A word about a pair that was said before: agreed with, or taken back."""
    if not (args.agree or args.undo):
        raise NotCarriedOut(how)
    story = _story(by, args.text, how)
    if args.agree:
        row = agree_pair(by=by, pair=story.pair.reference, agrees=args.agree == "yes", words=args.reason)
        return Done(story.pair, "agreed" if row.agrees else "not_agreed", waits=False)
    return _said(by, *story.ends, NewWord(Word.TAKEN_BACK, args.reason))


def _story(by: Acting, text: Sequence[str], how: str) -> PairStory:
    if len(text) == 1:
        return story_of_pair(by, check_is_there(find_pair(by, text[0])))
    left, right = _two(by, text, how)
    said = [one for one in _between(by, left, right) if _is_meant(one)]
    if not said:
        raise NotCarriedOut(f"Nobody has said anything of {left.reference} and {right.reference} that stands or waits.")
    return said[0]


def _is_meant(one: PairStory) -> bool:
    """Whether a word waits or stands there; what was said of others with a word is taken back with it."""
    return one.waiting is not None or (one.standing is not None and one.standing.said_with_id is None)


def _between(by: Acting, left: Asked, right: Asked) -> list[PairStory]:
    """The pairs with one record of each, the most probable first."""
    ours, theirs = set(left.records), set(right.records)
    found = [
        one for one in stories_among(by, ours | theirs) if len(ours & set(one.ends)) == len(theirs & set(one.ends)) == 1
    ]
    return sorted(found, key=lambda one: (-(one.probability or 0.0), one.ends))


def _merge(by: Acting, left: Asked, right: Asked, reason: str) -> Done:
    """Of two persons it is said of every record of both; of two records, of these."""
    if left.person == right.person:
        raise NotCarriedOut(f"They are one person already, {left.person}: `craffu link explain` says why.")
    of_persons = any(BETWEEN not in one.reference for one in (left, right))
    known = _between(by, left, right)
    ends = known[0].ends if known else (left.records[0], right.records[0])
    return _said(by, *ends, NewWord(Word.SAME, reason, Scope.PERSONS if of_persons else Scope.RECORDS))


def _split(by: Acting, left: Asked, right: Asked, reason: str) -> Done:
    """The records of the second are parted from all others of their person; of two records, from each other."""
    if left.person != right.person:
        raise NotCarriedOut(f"They are two people already, {left.person} and {right.person}.")
    if BETWEEN in left.reference and BETWEEN in right.reference:
        return _said(by, left.records[0], right.records[0], NewWord(Word.NOT_SAME, reason))
    row = part_records(by=by, records=right.records, reason=reason)
    return Done(row.pair, row.word, waits=False)


def _said(by: Acting, left: int, right: int, given: NewWord) -> Done:
    row = decide_records(by=by, left=left, right=right, given=given)
    return Done(row.pair, row.word, waits=row.needs_another)


def _answer(by: Acting, done: Done) -> dict[str, Any]:
    people = people_of_records(by, (done.pair.left_id, done.pair.right_id))
    persons = [people[record].reference for record in (done.pair.left_id, done.pair.right_id)]
    return {
        "pair": done.pair.reference,
        "word": done.word,
        "needs_second_opinion": done.waits,
        "persons": persons,
        "one_person": len(set(persons)) == 1,
    }


def _in_words(answer: dict[str, Any]) -> str:
    if answer["needs_second_opinion"]:
        return (
            f"It is recorded of pair {answer['pair']}, and counts once somebody else agrees:"
            f" craffu person merge {answer['pair']} --agree yes --as SOMEBODY."
        )
    persons = " and ".join(sorted(set(answer["persons"])))
    stands = f"they are one person, {persons}" if answer["one_person"] else f"they are two people, {persons}"
    return f"It is recorded of pair {answer['pair']}: {stands}. --undo takes it back."
