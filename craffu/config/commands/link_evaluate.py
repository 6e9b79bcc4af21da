"""`craffu link evaluate`: links any person tables with the product's model and scores the result against known truth.

Needs neither a database nor Django. Who is who is read only after the persons stand.
"""

import argparse
import csv
import json
import os
import re
import sys
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

from tqdm import tqdm

from craffu.config.cli import DONE, NotCarriedOut
from craffu.documents.cells import safe_row
from craffu.engines.choice import UnknownEngine, engine_named
from craffu.engines.memory import NotEnoughMemory
from craffu.engines.spark import NoSpark
from craffu.linkage import rules
from craffu.linkage.evaluating.kinds_of_names import kinds_of_name
from craffu.linkage.evaluating.mapping import BadInput, read_mapping
from craffu.linkage.evaluating.measuring import Figures, by_kind, measured
from craffu.linkage.evaluating.plain_splink import THRESHOLD, plain_links
from craffu.linkage.evaluating.tables import PersonTable, is_unread, read_persons
from craffu.linkage.evaluating.truth import check_truth, truth_of
from craffu.linkage.model.blocking import NothingToCompare, TooManyPairs
from craffu.linkage.model.linking import SEED, Linked, linked

_STEPS = 5
# What a rule to look for pairs by calls a column that the mapping names under `other`.
_OTHER: Final = re.compile(r"\bother_(\d+)")


def run(args: argparse.Namespace) -> int:
    """Links, measures and says how right it was."""
    started = time.monotonic()
    if not (args.left and args.mapping and args.truth):
        raise NotCarriedOut(
            "link evaluate needs a table, --mapping and --truth: craffu link evaluate LEFT.csv --mapping FILE --truth COLUMN"
        )
    try:
        engine = engine_named(args.engine, os.environ)
        if args.threshold is not None and not 0.5 <= args.threshold <= 1:
            raise NotCarriedOut(f"--threshold {args.threshold} is out of range: give 0.5 to 1")
        if args.out:
            _check_out(Path(args.out))
        mapping = read_mapping(Path(args.mapping))
        tables = read_persons([Path(path) for path in (args.left, args.right) if path], mapping)
        check_truth(tables, args.truth, mapping)
        right = tables[1].records if len(tables) > 1 else None
        with tqdm(
            desc="Linking", total=_STEPS, delay=2, disable=args.json or not sys.stderr.isatty(), file=sys.stderr
        ) as bar:
            found = linked(
                tables[0].records,
                right,
                engine=engine,
                others=mapping.others,
                auto=args.threshold,
                said=partial(_said, bar),
            )
    except (BadInput, NoSpark, NotEnoughMemory, NothingToCompare, TooManyPairs, UnknownEngine) as fault:
        raise NotCarriedOut(str(fault)) from fault
    if args.out:
        _write(Path(args.out), found, tables)
    truth = truth_of(tables, args.truth)
    left = len(tables[0].keys) if right is not None else None
    figures = measured(found.persons, truth, left)
    answer = _answer(found, figures, len(truth), mapping.others) | {"engine": str(engine)}
    kinds = [kinds_of_name(record) for table in tables for record in table.records]
    answer["dates_not_read"] = sum(is_unread(record) for table in tables for record in table.records)
    answer["by_name"] = by_kind(found.persons, truth, kinds, left)
    answer["seconds"] = round(time.monotonic() - started, 1)
    if args.plain:
        answer["plain"] = _plain(tables, truth, left)
    print(json.dumps(answer, ensure_ascii=False) if args.json else _text(answer))
    return DONE


def _said(bar: "tqdm[Any]", text: str) -> None:
    bar.set_postfix_str(text)
    bar.update()


def _answer(found: Linked, figures: Figures, records: int, others: Sequence[str]) -> dict[str, Any]:
    def named(rule: str) -> str:
        return _OTHER.sub(lambda other: others[int(other[1])], rule)

    tightened, left_out = found.blocking.tightened.items(), found.blocking.left_out.items()

    return {
        "records": records, **figures.as_dict(), "persons": len(found.persons), "auto_links": len(found.links),
        "clerical": len(found.clerical), "held": len(found.held), "pairs_compared": found.blocking.total,
        "tightened": {named(rule): named(instead) for rule, instead in tightened},
        "left_out": {named(rule): count for rule, count in left_out}, "threshold": found.auto,
        "model": found.model.version, "data": found.model.data,
    }  # fmt: skip


def _plain(tables: Sequence[PersonTable], truth: Sequence[str], left: int | None) -> dict[str, Any]:
    started = time.monotonic()
    links = plain_links(tables[0].records, tables[1].records if len(tables) > 1 else None, SEED)
    persons = rules.cluster(range(len(truth)), [rules.Link(*pair) for pair in links]).persons
    return {
        **measured(persons, truth, left).as_dict(),
        "threshold": THRESHOLD,
        "seconds": round(time.monotonic() - started, 1),
    }


def _check_out(path: Path) -> None:
    """Before anything is linked: a long run is not to end without its answer."""
    if path.is_dir() or not os.access(path if path.exists() else path.parent, os.W_OK):
        raise NotCarriedOut(f"{path} cannot be written: name another file with --out")


def _write(path: Path, found: Linked, tables: Sequence[PersonTable]) -> None:
    """Each record with its person, as CSV: `table`, `record`, `person`."""
    keys = [(side, key) for side, table in zip(("left", "right"), tables, strict=False) for key in table.keys]
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["table", "record", "person"])
            for number, members in enumerate(found.persons, start=1):
                writer.writerows(safe_row([*keys[at], f"P{number}"]) for at in members)
    except OSError as fault:
        raise NotCarriedOut(f"{path} cannot be written ({fault.strerror}): name another file with --out") from fault


def _text(answer: dict[str, Any]) -> str:
    def share(of: dict[str, Any], name: str) -> str:
        return "–" if of[name] is None else f"{of[name]:.4f}"

    def line(said: str, of: dict[str, Any]) -> str:
        pairs = "  ".join(f"{name} {share(of, name)}" for name in ("precision", "recall", "f1"))
        return f"{said:<14}{pairs}  missed {of['missed_pairs']:,} of {of['true_pairs']:,}  persons mixed {of['mixed_persons']:,}"

    lines = [
        f"{answer['records']:,} records, {answer['persons']:,} persons at {answer['threshold']:.4f}, {answer['seconds']} seconds",
        line("by pair", answer),
        "by cluster    "
        + "  ".join(f"{name} {share(answer, f'cluster_{name}')}" for name in ("precision", "recall", "f1")),
        f"{answer['auto_links']:,} links, {answer['clerical']:,} pairs for a person, {answer['held']:,} links held;"
        f" {answer['pairs_compared']:,} pairs compared",
    ]
    if "plain" in answer:
        lines.append(line("plain Splink", answer["plain"]))
    if answer["dates_not_read"]:
        lines.append(
            f"{answer['dates_not_read']:,} dates of birth are read as none, as 1 January of 1800, 1900, 1901 and 1970 are"
        )
    for rule, instead in answer["tightened"].items():
        lines.append(f"too many pairs agree on {rule}: {instead} instead")
    lines += [f"too many pairs agree on {rule}: {count:,}, left out" for rule, count in answer["left_out"].items()]
    return "\n".join(lines)
