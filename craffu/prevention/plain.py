"""Questions about who is reviewed first, and what is done, as a rule case file asks them: plain values in, plain values out. It
decides nothing of its own.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from craffu.clocks.london import day_or_none
from craffu.prevention.deciding import rules as deciding
from craffu.prevention.planning import rules as planning
from craffu.prevention.population import rules as population
from craffu.prevention.scoring import ranking, rules, schemes
from craffu.prevention.scoring.facts import Event, Evidence, Part, Standing, refused_inputs

type Given = Mapping[str, Any]
type Answer = dict[str, Any]

# Ages in a case file are counted back from this day.
SCORED_ON: Final = date(2026, 11, 24)


def score(given: Given) -> Answer:
    events = [_event(one) for one in given["events"]]
    found = rules.scored(
        events,
        in_population=given.get("in_population", True),
        is_only_victim=given.get("only_role") in (Part.VICTIM, Part.WITNESS),
        victim_fears_most=bool(given.get("victim_fear_top")),
    )
    said: Answer = {
        "score": found.value,
        "tier": found.tier.value,
        "floors": [one.value for one in found.floors],
        "flags": [one.value for one in found.flags],
    }
    if found.value is not None:
        said |= {
            "components": dict(found.parts), "contributions": dict(found.contributions), "harm": found.harm,
            "incidents_365": found.incidents_in_a_year, "victims": found.victims, "breaches_365": found.breaches,
            "range": [found.low, found.high],
        }  # fmt: skip
    if given.get("show_convicted_only"):
        said["convicted_only_score"] = rules.convicted_only(events).value
    return said


def challenge(events: Iterable[Given], removed: Sequence[str]) -> Answer:
    known = [_event(one) for one in events]
    before, after = rules.scored(known), rules.scored(rules.without(known, removed))
    return {"before": before.value, "after": after.value, "old_score_kept": before.value is not None}


def rank(people: Iterable[Given], wanted: int, seed: str) -> Answer:
    found = ranking.ranked(
        [ranking.Ranked(one["id"], one["S"], one.get("harm", 0.0), one.get("newest_age", 0)) for one in people],
        wanted,
        seed,
    )
    scored = len(found.order)
    tied = f"{wanted} plus {found.tied} tied" if found.tied else str(wanted)
    return {
        "order": list(found.order),
        "listed": list(found.listed),
        "label": f"all {scored} scored" if found.has_room else tied,
        "unscored": list(found.unscored),
    }


def action(act: str, actor: str, reason: str | None) -> Answer:
    why = deciding.why_not(deciding.Act(act), actor, reason or "")
    return {"allowed": why is None, "why": why}


def inputs(fields: Iterable[str]) -> Answer:
    refused = refused_inputs(fields)
    return {"accepted": not refused, "refused": refused}


def hash_of(scheme: Given) -> Answer:
    found = schemes.scheme_of(scheme)
    return {"canonical": found.canonical, "sha256": found.sha256}


def agreement(one: Mapping[str, float], other: Mapping[str, float], wanted: int) -> Answer:
    return {
        "jaccard_at_k": ranking.jaccard(ranking.first_of(one, wanted), ranking.first_of(other, wanted)),
        "kendall_tau": ranking.kendall(one, other),
    }


def is_member(definition: Given, events: Iterable[Given], on: str) -> Answer:
    found = population.is_member(
        population.Definition(
            definition["name"],
            definition["version"],
            day_or_none(definition["from"]),
            definition["necessity_ref"],
            day_or_none(definition["necessity_on"]),
        ),
        [
            population.Happened(
                one["group"],
                Part(one["role"]),
                date.fromisoformat(one["occurred_on"]),
                Standing(one.get("status", "recorded")),
            )
            for one in events
        ],
        date.fromisoformat(on),
    )
    missing = "".join(f":{name}" for name in found.missing)
    return {"in_population": found.is_in, "why": None if found.why is None else f"{found.why}{missing}"}


def cohort(given: Given) -> Answer:
    said: Answer = {"review_due": deciding.review_due(date.fromisoformat(given["last_reviewed_on"]))}
    if "exit" not in given:
        return said
    leaves = given["exit"]
    leaving = deciding.Leaving(leaves.get("by", ""), leaves.get("reason", ""), leaves.get("score"))
    accepted = deciding.may_leave(leaving)
    return said | {
        "exit_accepted": accepted,
        "still_on_lists": [] if accepted else given["lists_holding_person"],
        "change": deciding.change(given["entry_score"], leaving.score) if accepted else None,
    }


def plan_due(entered: str) -> Answer:
    return {"due_day": planning.plan_due(date.fromisoformat(entered))}


def plan_complete(given: Given) -> Answer:
    plan = planning.Plan(
        {planning.Option(name): planning.Choice(choice) for name, choice in given["decisions"].items()},
        {planning.Option(name): reason for name, reason in given["reasons"].items()},
        given.get("none_reason") or "",
        given.get("owner") or "",
        day_or_none(given.get("review_on")),
    )
    why = [what.value if option is None else f"{what}:{option}" for what, option in planning.lacks(plan)]
    return {"complete": not why, "why": why}


def before_after(given: Given) -> Answer:
    before = planning.rate(given["before_events"], given["before_days"])
    after = planning.rate(given["after_events"], given["after_days"])
    return {
        "before_per_year": None if before is None else before.a_year,
        "after_per_year": None if after is None else after.a_year,
        "causal_claim": False,
    }


def _event(one: Given) -> Event:
    recorded = day_or_none(one.get("recorded_on"))
    return Event(
        one["inc"], one.get("age"), one["w"], frozenset(one["v"] or ()),
        None if recorded is None else (SCORED_ON - recorded) // timedelta(days=1),
        Part(one.get("role", "suspect")), Standing(one.get("status", "recorded")), bool(one.get("breach")),
        bool(one.get("disproved")), one.get("order", ""), one.get("offence", ""), bool(one.get("weapon")),
        Evidence(one.get("evidence", "suspected")),
    )  # fmt: skip
