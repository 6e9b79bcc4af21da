"""Answers of the rules of scrutiny in plain numbers and words, as a case file has them (SCR-01 to SCR-13)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from typing import Any, Final

from craffu.clocks.london import instant_of, local_text
from craffu.published.intervals import Interval
from craffu.scrutiny.agreeing.rules import Table, agreement, alpha, weighted_kappa
from craffu.scrutiny.claiming.rules import Claim, Sample, Unit, why_not_published
from craffu.scrutiny.publishing.rules import Correction, Reply, publication
from craffu.scrutiny.recommending.rules import (
    Entry,
    ReportBy,
    Status,
    is_overdue,
    log_lacks,
    response_clock,
    status_of,
)
from craffu.scrutiny.reviewing.rules import Edit, pack, why_not_second
from craffu.scrutiny.sampling import rules as sampling
from craffu.scrutiny.sampling.estimating import Assessed, Counted, Method, estimate
from craffu.scrutiny.standing.rules import Better, Signature, Test, Verdict, standing_answer

_DECIMALS: Final = 4
# Replacements are shown as far as anybody asks.
_NEXT: Final = 3
_SYSTEM: Final = "system"

type Given = Mapping[str, Any]
type Plain = dict[str, Any]


def plain_frame(refs: Collection[str]) -> Plain:
    return {"frame_hash": sampling.frame_hash(refs), "population": len(refs)}


def plain_draw(refs: Collection[str], seed: str, size: int) -> Plain:
    made = sampling.draw(refs, seed, size)
    return {"drawn": [*made.drawn], "replacements_in_order": [*made.following[:_NEXT]], **plain_frame(refs)}


def plain_draw_strata(strata: Iterable[Given], seed: str) -> Plain:
    strata = list(strata)
    made = sampling.draw_strata(
        {one["name"]: one["refs"] for one in strata}, {one["name"]: one["n"] for one in strata}, seed
    )
    return {"drawn": [ref for one in made for ref in one.draw.drawn], "strata": [plain_stratum(one) for one in made]}


def plain_stratum(one: sampling.StratumDrawn) -> Plain:
    return {
        "stratum": one.name,
        "population": one.population,
        "drawn": len(one.draw.drawn),
        "weight": _rounded(one.weight),
    }


def plain_size(population: int, expected: float, within: float) -> Plain:
    size = sampling.size_for(population, expected, within)
    return {"n": size.number, "census": size.is_census}


def plain_none_seen(number: int) -> Plain:
    return {"observed": 0, "upper_95": _rounded(sampling.none_seen(number))}


def plain_allocate(given: Given) -> Plain:
    strata = [sampling.Stratum(one["name"], one["N"], one.get("S", sampling.UNKNOWN_SPREAD)) for one in given["strata"]]
    least = given.get("min", sampling.LEAST_IN_A_STRATUM)
    made = sampling.allocate(strata, given["n"], sampling.Allocation(given["method"]), least)
    return {"allocation": {**made.sizes}, "n": made.number, "raised_to_meet_minimum": made.is_raised}


def plain_replace(given: Given) -> Plain:
    if not sampling.may_replace(given["reason"]):
        return {"replaced": False, "logged": True, "kept_in_denominator": True}
    by = sampling.replacement(given["next_in_order"], given.get("used", ()))
    return {"replaced": by is not None, "logged": True, "by": by}


def plain_not_assessable(yes: int, no: int, not_assessable: int) -> Plain:
    one = Assessed(yes, no, not_assessable)
    return {
        "of_assessed": {"numerator": yes, "denominator": yes + no, "value": _rounded(one.of_assessed)},
        "if_all_were_no": _rounded(one.if_all_were_no),
        "if_all_were_yes": _rounded(one.if_all_were_yes),
        "drawn": one.drawn,
    }


def plain_estimate(strata: Iterable[Given]) -> Plain:
    made = estimate([Counted(one["name"], one["N"], one["n"], one["x"]) for one in strata])
    found = {"estimate": _rounded(made.share), "interval": _ends(made.interval), "method": made.method.value}
    if made.method is Method.EXACT:
        return found
    return {
        **found,
        "se": _rounded(made.error, 6),
        "n_eff": _rounded(made.effective, 3),
        "unweighted": _rounded(made.unweighted),
    }


def plain_second_size(drawn: int) -> Plain:
    return {"size": sampling.second_size(drawn)}


def plain_second_set(refs: Collection[str], seed: str) -> Plain:
    found = sampling.second_set(refs, seed)
    return {"size": len(found), "first_three": [*found[:3]]}


def plain_blind(given: Given) -> Plain:
    why = why_not_second(
        given["first"],
        given["second"],
        saw_first=given.get("second_saw_first", False),
        has_conflict=given.get("second_conflict", False),
    )
    return {"valid": not why, "why": [one.value for one in why]}


def plain_agreement(table: Table) -> Plain:
    made = agreement(table)
    return {
        "n": made.number,
        "agreement": _rounded(made.raw),
        "interval": _ends(made.raw_interval),
        "kappa": _rounded(made.kappa),
        "ac1": _rounded(made.ac1),
        "ac1_interval": _ends(made.ac1_interval),
        "may_be_quoted": made.may_be_quoted,
    }


def plain_weighted_kappa(table: Table) -> Plain:
    return {"kappa_quadratic": _rounded(weighted_kappa(table))}


def plain_alpha(ratings: Sequence[Sequence[Any]]) -> Plain:
    """Of each reviewer what they answered, case by case."""
    return {"alpha": _rounded(alpha(zip(*ratings, strict=True)))}


def plain_claim(one: Given) -> Plain:
    claim = Claim(
        one["value"], Unit(one["unit"]), one.get("query", ""), one.get("snapshot", ""), one.get("period", ""), one.get("n"),
        Sample(one.get("sample", Sample.CENSUS)), one.get("evidence_rows"), one.get("recomputed"),
    )  # fmt: skip
    why = why_not_published(claim)
    return {"publishable": not why, "why": [_named(*one) for one in why]}


def plain_recommendation(log: Iterable[Given], now_on: str) -> Plain:
    held = [
        Entry(
            Status(one["status"]), one.get("reason") or "", one.get("owner") or "",
            date.fromisoformat(one["due_on"]) if one.get("due_on") else None, one.get("evidence") or "", one.get("metric_met"),
        )
        for one in log
    ]  # fmt: skip
    lacks = log_lacks(held)
    return {
        "valid": not lacks,
        "why": [one.value for one in lacks],
        "status": status_of(held).value,
        "overdue": is_overdue(held, date.fromisoformat(now_on)),
    }


def plain_response_clock(by: str, published_on: str) -> Plain:
    clock = response_clock(ReportBy(by), date.fromisoformat(published_on))
    if clock is None:
        return {"applies": False, "last_day": None, "counting": None}
    return {"applies": True, "last_day": clock.last_day.isoformat(), "counting": clock.counting.value}


def plain_case_pack(edits: Iterable[Given], frozen_at: str) -> Plain:
    made = pack(
        [Edit(one["field"], one["value"], _instant(one["at"]), one["by"]) for one in edits], _instant(frozen_at)
    )
    later = [{"field": one.field, "by": one.by, "at": local_text(one.at)} for one in made.later]
    return {"as_known": made.as_known, "later": later}


def plain_publication(given: Given) -> Plain:
    reply = given.get("reply")
    made = publication(
        date.fromisoformat(given["draft_sent_on"]),
        date.fromisoformat(given["now_on"]),
        None
        if reply is None
        else Reply(
            date.fromisoformat(reply["on"]),
            reply["text_kept"],
            [Correction(one["id"], one.get("accepted"), one.get("reason") or "") for one in reply["corrections"]],
        ),
        draft_is_kept=given["draft_kept"],
    )
    by = made.reply_by.isoformat()
    return {
        "reply_by": by,
        "publishable": made.is_publishable,
        "why": [_named(*one) for one in made.refusals],
        "say": f"no reply by {by}" if made.no_reply and made.is_publishable else None,
    }


def plain_standing(given: Given) -> Plain:
    tests = [
        Test(
            one["id"], one["numerator"], one["denominator"], Fraction(str(one["target"])), Better(one["better"])
        )
        for one in given["tests"]
    ]  # fmt: skip
    signed_on = given.get("signed_on")
    answer = standing_answer(
        tests,
        Signature(
            given.get("signed_by") not in {None, "", _SYSTEM}, date.fromisoformat(signed_on) if signed_on else None
        ),
        {key: Verdict(one) for key, one in given.get("previous", {}).items()},
        given.get("causes", {}),
    )
    return {
        **{verdict.value: answer.of(verdict) for verdict in Verdict},
        "one_case_from_changing": [*answer.hanging],
        "changed": [
            {"id": one.key, "from": one.before.value, "to": one.now.value, "cause": one.cause or None}
            for one in answer.changes
        ],
        "may_be_published": not answer.refusals,
        "why": [_named(*one) for one in answer.refusals],
    }


def _instant(text: str) -> datetime:
    return instant_of(datetime.fromisoformat(text))


def _named(why: StrEnum, of: str) -> str:
    return f"{why.value}:{of}" if of else why.value


def _rounded(value: float | None, decimals: int = _DECIMALS) -> float | None:
    return None if value is None else round(value, decimals)


def _ends(interval: Interval | None) -> list[float] | None:
    return None if interval is None else [round(end, _DECIMALS) for end in interval]
