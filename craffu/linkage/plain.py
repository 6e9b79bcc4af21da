"""Questions about identity as a rule case file asks them: plain values in, plain values out. It decides nothing of its own."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from craffu.linkage import rules

type Pairs = Iterable[Sequence[Any]]
type Answer = dict[str, Any]


def prefer(values: Iterable[Mapping[str, str]]) -> Answer:
    said = [rules.Value(one["value"], one["source"], datetime.fromisoformat(one["recorded_at"])) for one in values]
    found = rules.prefer(said)
    return {} if found is None else asdict(found)


def decide(probability: float, hard_id_conflict: bool | None, human: str | None, *roles: str | None) -> Answer:
    return asdict(
        rules.decide(
            probability,
            hard_id_conflict=bool(hard_id_conflict),
            human=None if human is None else rules.Human(human),
            roles=roles,
        )
    )


def cluster(records: Sequence[Any], links: Pairs, not_same: Pairs | None) -> Answer:
    found = rules.cluster(records, _links(links), not_same=_pairs(not_same))
    return {"persons": found.persons, "held": [[held.link.left, held.link.right] for held in found.held]}


def undo(records: Sequence[Any], links: Pairs, undone: Sequence[Any], not_same: Pairs | None) -> Answer:
    left, right = undone
    return asdict(rules.undo(records, _links(links), (left, right), not_same=_pairs(not_same)))


def _links(pairs: Pairs) -> list[rules.Link]:
    return [rules.Link(left, right) for left, right in pairs]


def _pairs(pairs: Pairs | None) -> list[tuple[Any, Any]]:
    return [(left, right) for left, right in pairs or ()]
