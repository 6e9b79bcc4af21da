"""A history as programs are answered: codes, references and instants in UTC. Its keys stay (commands.md)."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from craffu.breaches.history.facts import Counts, OrderCounts, Row
from craffu.breaches.history.rules import Link
from craffu.breaches.ledger.kinds import STANDING_AS, Standpoint
from craffu.clocks.london import day_of

type Answer = dict[str, Any]


def instant(at: datetime | None) -> str | None:
    return None if at is None else at.astimezone(UTC).isoformat()


def breach_answer(row: Row) -> Answer:
    """One incident: `date` is its London day, each standpoint its last word or null, `report` when it was last reported."""
    breach, story = row.breach, row.story
    reported = story.standing(Standpoint.REPORTED)
    orders = list(dict.fromkeys(one.order.reference for one in row.ties))
    last = {name: story.standing(standpoint) for name, standpoint in STANDING_AS.items()}
    return {
        "breach": breach.reference,
        "date": day_of(breach.happened_from).isoformat(),
        "happened_from": instant(breach.happened_from),
        "happened_to": instant(breach.happened_to),
        "is_day_only": breach.is_day_only,
        "status": row.status,
        "order": orders[0] if orders else None,
        "orders": orders,
        "is_partly_shut": row.is_partly_shut,
        "conditions": [
            {
                "order": one.order.reference,
                "number": one.condition.number if one.condition else None,
                "version": one.condition.terms.number if one.condition else None,
                "type": one.condition.type if one.condition else None,
                "reasons": list(one.reasons),
                "flags": list(one.flags),
            }
            for one in row.ties
        ],
        "report": instant(reported.at) if reported else None,
        **{name: word.decision if word else None for name, word in last.items()},
        "standpoints": [
            {
                "standpoint": one.standpoint,
                "decision": one.decision or None,
                "at": instant(one.at),
                "source": one.source or None,
                "known_from": instant(one.known_from),
            }
            for one in story.words
        ],
        "mismatches": [code.value for code in row.mismatches],
        "sources": [
            {
                "kind": one.kind,
                "source": one.source,
                "key": one.key,
                "record": row.records.get(one.record_id or 0),
                "said_at": instant(one.said_at),
                "known_from": instant(one.known_from),
            }
            for one in story.sources
        ],
        "ptiurns": row.ptiurns,
        "record": row.records.get(breach.respondent_id),
        "link": link_answer(row.link),
    }


def link_answer(link: Link) -> Answer:
    return {
        "how": link.how.value,
        "by": link.by or None,
        "since": instant(link.since),
        "probability": link.probability,
        "pair": link.pair or None,
        "is_confirmed": link.is_confirmed,
    }


def counts_answer(found: Counts) -> Mapping[str, int]:
    return asdict(found)


def orders_answer(found: Iterable[OrderCounts]) -> list[Answer]:
    """Each order with what is counted of it; the last, without a reference, of no order that is held."""
    return [
        {
            "order": one.order.reference if one.order else None,
            "kind": one.order.kind if one.order else None,
            "status": one.order.status if one.order else None,
            "made_at": instant(one.order.made_at) if one.order else None,
            "ended_at": instant(one.order.ended_at) if one.order else None,
            "recorded": one.recorded,
            "charged": one.charged,
            "proved": one.proved,
            "not_proved": one.not_proved,
            "no_action": one.no_action,
            "undecided": one.undecided,
        }
        for one in found
    ]
