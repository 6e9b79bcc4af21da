"""What linking is held against: what others would take for the same tables (B1).

None of the others is a part of the product; one that is not installed, or breaks, is named in the result and never passed over.
"""

import importlib
import importlib.util
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any, Final

from craffu.linkage import rules
from craffu.linkage.evaluating.plain_splink import plain_links
from craffu.linkage.model.linking import SEED

type Record = Mapping[str, str]
type Pairs = list[tuple[int, int]]

# What a peer may take before it counts as broken.
SECONDS, MEMORY_MB = 600, 6_000
_MATCHED, _DISTINCT = 60, 120
_COLUMNS: Final = ("given_name", "family_name", "date_of_birth", "postcode")
_BLOCKS: Final = (("date_of_birth",), ("family_name", "given_name"), ("postcode",))
PACKAGES: Final = {"recordlinkage ECM": "recordlinkage", "dedupe": "dedupe"}
CHILD: Final = "from craffu.config.bench.linking_peers import main; main()"


class Broken(RuntimeError):
    """A peer is not installed, took too much, or failed; the message says which."""


def exact_pairs(records: Sequence[Record], _truth: Sequence[str]) -> Pairs:
    """Those of one given name, one family name and one date of birth, all of them said."""
    return _agreeing(records, ("given_name", "family_name", "date_of_birth"))


def _agreeing(records: Sequence[Record], columns: Sequence[str]) -> Pairs:
    groups: dict[tuple[str, ...], list[int]] = {}
    for at, one in enumerate(records):
        key = tuple((one.get(column) or "").strip().lower() for column in columns)
        if all(key):
            groups.setdefault(key, []).append(at)
    return [pair for some in groups.values() for pair in combinations(some, 2)]


def plain_pairs(records: Sequence[Record], _truth: Sequence[str]) -> Pairs:
    return plain_links(records, None, SEED)


def ecm_pairs(records: Sequence[Record], _truth: Sequence[str]) -> Pairs:
    """recordlinkage's expectation-conditional maximisation, on the pairs that plain Splink looks at."""
    recordlinkage, pandas = importlib.import_module("recordlinkage"), importlib.import_module("pandas")
    frame = pandas.DataFrame([{name: (one.get(name) or "").lower() or None for name in _COLUMNS} for one in records])
    known = [name for name in _COLUMNS if frame[name].notna().any()]
    pairs = sorted({pair for block in _BLOCKS if set(block) <= set(known) for pair in _agreeing(records, block)})
    compare = recordlinkage.Compare()
    for name in known:
        if name in ("given_name", "family_name"):
            compare.string(name, name, method="jarowinkler", threshold=0.92, label=name)
        else:
            compare.exact(name, name, label=name)
    vectors = compare.compute(pandas.MultiIndex.from_tuples(pairs), frame)
    found: Pairs = [(int(one), int(other)) for one, other in recordlinkage.ECMClassifier().fit_predict(vectors)]
    return found


def dedupe_pairs(records: Sequence[Record], truth: Sequence[str]) -> Pairs:
    """dedupe, taught by labelled pairs as by somebody who sat down for an hour: 60 that are one person, 120 that are not."""
    dedupe = importlib.import_module("dedupe")
    table = {at: {name: (one.get(name) or "").lower() or None for name in _COLUMNS} for at, one in enumerate(records)}
    known = [name for name in _COLUMNS if any(row[name] for row in table.values())]
    found = dedupe.Dedupe([dedupe.variables.String(name, has_missing=True) for name in known], num_cores=1)
    found.prepare_training(table, sample_size=1_500)
    chance = random.Random(SEED)  # noqa: S311  # labels drawn
    groups: dict[str, list[int]] = {}
    for at, whose in enumerate(truth):
        groups.setdefault(whose, []).append(at)
    several = [some for some in groups.values() if len(some) > 1]
    matched = [tuple(table[at] for at in chance.sample(chance.choice(several), 2)) for _ in range(_MATCHED)]
    distinct: list[tuple[Any, ...]] = []
    while len(distinct) < _DISTINCT:
        one, other = chance.sample(range(len(records)), 2)
        if truth[one] != truth[other]:
            distinct.append((table[one], table[other]))
    found.mark_pairs({"match": matched, "distinct": distinct})
    found.train(recall=0.9)
    return [
        (int(min(pair)), int(max(pair)))
        for members, _ in found.partition(table, 0.5)
        for pair in combinations(sorted(members), 2)
    ]


PEERS: Final[Mapping[str, Callable[[Sequence[Record], Sequence[str]], Pairs]]] = {
    "Splink plain": plain_pairs, "exact match": exact_pairs, "recordlinkage ECM": ecm_pairs, "dedupe": dedupe_pairs,
}  # fmt: skip


def persons_of(name: str, records: Sequence[Record], truth: Sequence[str], seconds: int = SECONDS) -> list[list[int]]:
    """The persons that come of a peer's links, in a process of its own with bounds. Raises Broken."""
    package = PACKAGES.get(name)
    if package is not None and importlib.util.find_spec(package) is None:
        raise Broken(f"{name} is not installed: requirements/linkage-peers.txt")
    with tempfile.TemporaryDirectory(prefix="craffu-bench-") as folder:
        path = Path(folder) / "table.json"
        path.write_text(json.dumps({"peer": name, "records": [dict(one) for one in records], "truth": list(truth)}))
        try:
            done = subprocess.run(  # noqa: S603  # our own interpreter
                [sys.executable, "-W", "ignore", "-c", CHILD, str(path)],
                stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=seconds, env=os.environ.copy(),
            )  # fmt: skip
        except subprocess.TimeoutExpired as fault:
            raise Broken(f"{name} did not end within {seconds} s") from fault
    if done.returncode:
        told = done.stderr.strip().splitlines()
        raise Broken(f"{name} broke: {told[-1][:160] if told else f'exit {done.returncode}'}")
    links = json.loads(done.stdout.strip().splitlines()[-1])
    return rules.cluster(range(len(records)), [rules.Link(*pair) for pair in links]).persons


def main() -> None:
    """Print the links of the peer that a file names. Only for the process that `persons_of` starts."""
    bytes_allowed = MEMORY_MB * 2**20
    resource.setrlimit(resource.RLIMIT_DATA, (bytes_allowed, bytes_allowed))
    asked = json.loads(Path(sys.argv[1]).read_text())
    print(json.dumps(PEERS[asked["peer"]](asked["records"], asked["truth"])))
