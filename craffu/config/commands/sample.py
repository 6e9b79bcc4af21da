"""`craffu sample draw` and `sample size`: a dip sample that anybody can draw again, and how many cases say how much (SCR-01 to
SCR-04, SCR-07).

Needs neither a database nor Django, and keeps nothing.
"""

import argparse
import json
import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from craffu.config.cli import DONE, NotCarriedOut
from craffu.scrutiny.plain import plain_stratum
from craffu.scrutiny.sampling import rules
from craffu.scrutiny.sampling.rules import Allocated, Allocation, Stratum
from craffu.scrutiny.sampling.tables import BadTable, Frame, read_frame

# So few find kinds of failure, not rates (methods D).
_KINDS_NOT_RATES = 20


def run(args: argparse.Namespace) -> int:
    try:
        answer = _size(args) if args.action == "size" else _draw(args)
    except BadTable as fault:
        raise NotCarriedOut(str(fault)) from fault
    print(json.dumps(answer, ensure_ascii=False) if args.json else "\n".join(_lines(answer)))
    return DONE


def _size(args: argparse.Namespace) -> dict[str, Any]:
    if args.population is None:
        raise NotCarriedOut("sample size needs how many cases there are: craffu sample size --population 300")
    try:
        size = rules.size_for(args.population, args.expected, args.within)
    except ValueError as fault:
        raise NotCarriedOut(f"{fault}: give --population, --expected and --within so") from fault
    return {
        "population": args.population,
        "expected": args.expected,
        "within": args.within,
        "n": size.number,
        "census": size.is_census,
        **_shows(size.number, args.population),
    }


def _shows(number: int, population: int) -> dict[str, Any]:
    said = rules.shows(number, population)
    return {
        "margin": round(said.margin, 4),
        "unseen_up_to": round(said.unseen_up_to, 4),
        "census_advised": number < population <= rules.CENSUS_UP_TO,
    }


def _draw(args: argparse.Namespace) -> dict[str, Any]:
    for name, said, example in (
        ("FRAME", args.file, "frame.csv"),
        ("--ref", args.ref, "case"),
        ("--seed", args.seed, "S"),
    ):
        if not said:
            raise NotCarriedOut(
                f"sample draw needs {name}, such as {example}: craffu sample draw frame.csv --ref case --seed S --size 50"
            )
    if args.size is not None and args.size < 1:
        raise NotCarriedOut(f"--size {args.size} draws nobody: give 1 or more, or leave it out for the size advised")
    if args.min < 0:
        raise NotCarriedOut(f"--min {args.min} is no number of cases: give 0 or more")
    frame = read_frame(Path(args.file), args.ref, args.strata)
    population = len(frame.references)
    size = rules.size_for(population, within=args.within) if args.size is None else None
    number = args.size if size is None else size.number
    allocated = _allocated(frame, number, args)
    drawn = rules.draw_strata(frame.strata, allocated.sizes, args.seed)
    references = [ref for one in drawn for ref in one.draw.drawn]
    return {
        "frame_hash": rules.frame_hash(frame.references),
        "seed": args.seed,
        "population": population,
        "size": len(references),
        "advised": size is not None,
        "raised": allocated.is_raised,
        "drawn": references,
        "strata": [plain_stratum(one) | {"replacements": [*one.draw.following[: args.replacements]]} for one in drawn],
        "second": [*rules.second_set(references, args.seed)],
        **_shows(len(references), population),
    }


def _allocated(frame: Frame, number: int, args: argparse.Namespace) -> Allocated:
    if not args.strata:
        return Allocated(dict.fromkeys(frame.strata, number), is_raised=False)
    spreads = _spreads(args.share, frame)
    strata = [Stratum(name, len(refs), spreads.get(name, rules.UNKNOWN_SPREAD)) for name, refs in frame.strata.items()]
    return rules.allocate(strata, number, Allocation(args.allocation), args.min)


def _spreads(shares: list[str], frame: Frame) -> Mapping[str, float]:
    """How far answers spread in each stratum, from the share that an earlier round found."""
    found = {}
    for said in shares:
        name, _, text = said.rpartition("=")
        try:
            share = float(text)
        except ValueError:
            share = math.nan
        if name not in frame.strata or not 0 <= share <= 1:
            known = ", ".join(frame.strata)
            raise NotCarriedOut(
                f"--share {said} says no share of a stratum: give NAME=P with P from 0 to 1, of {known}"
            )
        found[name] = math.sqrt(share * (1 - share))
    return found


def _lines(answer: Mapping[str, Any]) -> Iterator[str]:
    if "drawn" in answer:
        yield f"frame of {answer['population']:,}, sha256 {answer['frame_hash']}"
        yield f"{answer['size']:,} drawn by the seed {answer['seed']}" + (
            ", the size advised" if answer["advised"] else ""
        )
        if answer["raised"]:
            yield "more than was asked for: the fewest of each stratum come to that"
        for one in answer["strata"]:
            weight = "" if one["weight"] is None else f", each for {one['weight']:g}"
            yield f"  {one['stratum']}: {one['drawn']:,} of {one['population']:,}{weight}"
        yield from answer["drawn"]
        yield f"reviewed a second time: {', '.join(answer['second'])}"
        number = answer["size"]
    else:
        number = answer["n"]
        yield f"{number:,} of {answer['population']:,}" + (": all of them" if answer["census"] else "")
    if answer["margin"]:
        yield f"A share near a half is shown to within {answer['margin'] * 100:.0f} points."
        yield f"What none of {number:,} shows, up to {answer['unseen_up_to'] * 100:.1f} in a hundred may show all the same."
    if answer["margin"] > 0 and number <= _KINDS_NOT_RATES:
        yield "So few find kinds of failure, not rates."
    if answer["census_advised"]:
        yield f"A frame of {rules.CENSUS_UP_TO} or fewer is better taken whole."
