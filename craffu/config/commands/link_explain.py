"""`craffu link explain REF REF`: why two records are or are not one person; the log names who was asked about (SEC-04)."""

import argparse
import json
from typing import Any, Final

from craffu.audit.actions import record_consultation
from craffu.common.refusals import Refusal
from craffu.config.cli import DONE, NotCarriedOut, not_carried_out
from craffu.config.commands.database import acting
from craffu.intake.linking.asked import Asked
from craffu.intake.linking.explaining import Apart, Because, Explained, explain, explain_pair
from craffu.linkage.events import PAIR_VIEWED
from craffu.linkage.models import PairDecided
from craffu.linkage.queries import counts
from craffu.linkage.rules import Why
from craffu.web.linkage import words
from craffu.web.linkage.weights import Weight, in_order, weight_words

HOW: Final = "Say which two: craffu link explain P-10001 P-10002. A record is SOURCE/KEY, a pair alone is L-10001."
BECAUSE: Final = {
    Because.BY_WAY_OF_OTHERS.value: "Other records of theirs are linked, though these two are not directly",
    Because.CAME_AS_ONE.value: "One came in as a record of the other's person",
    Because.HELD.value: "A link of theirs is held until somebody decides",
    Because.NEVER_COMPARED.value: "No run compared them, or found them worth a look",
}
NUMBERS: Final = {"pnc": "PNC ID", "cro": "CRO number"}


def run(args: argparse.Namespace) -> int:
    """Answer. Raises NotCarriedOut where there are no such records for whoever asks."""
    if not args.left:
        raise NotCarriedOut(HOW)
    by = acting(args.as_user)
    try:
        found = explain(by, args.left, args.right) if args.right else explain_pair(by, args.left)
    except Refusal as refusal:
        raise not_carried_out(refusal, HOW) from refusal
    record_consultation(kind=PAIR_VIEWED, actor=by.actor, refs=found.refs, request=by.request)
    answer = as_json(found)
    print(json.dumps(answer, ensure_ascii=False) if args.json else in_words(found, answer))
    return DONE


def as_json(found: Explained) -> dict[str, Any]:
    weighing = found.weighing
    return {
        "left": _asked(found.left),
        "right": _asked(found.right),
        "one_person": found.is_one,
        "because": found.because,
        "because_words": because_words(found),
        "pair": found.pair,
        "stands": found.stands,
        "probability": weighing.probability if weighing else None,
        "weight": weighing.weight if weighing else None,
        "comparisons": [_comparison(one) for one in _weights(found)],
        "weighed_now": weighing is not None and weighing.is_now,
        "model": weighing.model if weighing else None,
        "auto": found.thresholds.auto,
        "clerical": found.thresholds.clerical,
        "decided": _decided(found.decided) if found.decided else None,
        "held": _apart(found.held),
        "would_be_held": _apart(found.would_hold),
        "numbers_differ": list(found.numbers_differ),
        "victim_and_suspect": found.roles_meet,
        "way": [{"pair": one.pair, "why": one.why, "probability": one.probability} for one in found.way],
        "found_by": list(found.found_by),
    }


def because_words(found: Explained) -> str:
    if found.because in BECAUSE:
        return BECAUSE[found.because]
    return str(words.WHYS[found.because])


def _asked(asked: Asked) -> dict[str, Any]:
    return {"reference": asked.reference, "person": asked.person, "records": list(asked.names)}


def _weights(found: Explained) -> list[Weight]:
    return in_order(found.weighing.levels) if found.weighing else []


def _comparison(one: Weight) -> dict[str, Any]:
    return {
        "comparison": one.what,
        "compared": str(one.name),
        "level": one.level,
        "alike": str(one.how),
        "weight": one.weight,
        "total": round(one.total, 6),
        "probability": one.probability,
    }


def _decided(word: PairDecided) -> dict[str, Any]:
    agreed = getattr(word, "agreed", None)
    return {
        "word": word.word,
        "by": word.by.username,
        "at": word.known_from.isoformat(),
        "reason": word.reason,
        "second_opinion": agreed.by.username if agreed is not None and counts(word) else None,
    }


def _apart(apart: Apart | None) -> dict[str, Any] | None:
    return {"why": apart.why.value, "apart": list(apart.records)} if apart else None


def in_words(found: Explained, answer: dict[str, Any]) -> str:
    lines = [
        f"{found.left.reference} and {found.right.reference} are {'one person' if found.is_one else 'two people'}"
        f" ({found.left.person}{'' if found.is_one else f', {found.right.person}'}): {answer['because_words']}.",
        *_why(found),
    ]
    if found.weighing:
        when = "weighed now" if found.weighing.is_now else f"pair {found.pair}"
        lines.append(
            f"Model {found.weighing.model}, {when}: probability {found.weighing.probability:.4f}; it links from"
            f" {found.thresholds.auto:g} and asks a person from {found.thresholds.clerical:g}."
        )
        lines += [
            f"  {one.name!s:<24} {weight_words(one.weight):>7} {weight_words(one.total):>7}  {one.how}"
            for one in _weights(found)
        ]
    else:
        lines.append("No model has compared the register under the keys in use: craffu link run.")
    return "\n".join(lines)


def _said(found: Explained) -> set[str]:
    """What keeps the two apart as the lines before say it."""
    numbers, roles = bool(found.numbers_differ), found.roles_meet
    said = {Why.IDENTIFIERS_CONFLICT: numbers, Why.VICTIM_AND_SUSPECT_ROLES: roles}
    return {found.because, *(why.value for why, is_so in said.items() if is_so)}


def _not_kept(found: Explained) -> str:
    """Why no run kept a pair that it looked at."""
    if found.weighing is None:
        return ""
    if found.weighing.probability < found.thresholds.clerical:
        return ", and weigh too little"
    return "; of all records of two people a run keeps the pair that says most"


def _why(found: Explained) -> list[str]:
    lines = []
    if found.decided:
        lines.append(f"{found.decided.by.username} said so of {found.pair}: {found.decided.reason}")
    if found.held:
        lines.append(f"Held: {words.HELD_WHYS[found.held.why]} ({' and '.join(found.held.records)}).")
    if found.numbers_differ and found.because != Why.IDENTIFIERS_CONFLICT:
        lines.append(f"They would go to a person: {', '.join(NUMBERS[one] for one in found.numbers_differ)} differ.")
    if found.roles_meet and found.because != Why.VICTIM_AND_SUSPECT_ROLES:
        lines.append("They would go to a person: one is a victim's record and the other a suspect's.")
    if found.would_hold and found.would_hold.why not in _said(found):
        why, apart = words.HELD_WHYS[found.would_hold.why], " and ".join(found.would_hold.records)
        lines.append(f"A link between them would be held: {why} ({apart}).")
    if len(found.way) > 1:
        lines.append("By way of " + ", then ".join(one.pair or "a record that came in as theirs" for one in found.way))
    if found.because == Because.NEVER_COMPARED:
        looked = ", ".join(found.found_by)
        lines.append(
            f"Pairs are looked for by {looked}: there they are found{_not_kept(found)}."
            if looked
            else "They agree on nothing that pairs are looked for by."
        )
    return lines
