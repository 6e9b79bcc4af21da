"""No kind of name, and nobody's tradition of names, is joined to somebody else more than twice as often as any (T42).

Several forces of seeds of their own are counted together: in one there are too few of any but the commonest kinds. Kinds are as
names are written; the tradition from which the generator drew a person's name is known to its truth alone.
"""

import csv
from pathlib import Path

import pytest

from craffu.config.generate.force import Wanted, generate
from craffu.engines.choice import Engine, Kind
from craffu.linkage.evaluating.fairness import ALL, Joined, Verdict, joined_by_kind, judged, together
from craffu.linkage.evaluating.kinds_of_names import kinds_of_name
from craffu.linkage.model.linking import linked

pytestmark = [pytest.mark.slow, pytest.mark.sqlite, pytest.mark.filterwarnings("ignore")]

_PARTS = ("given_name", "family_name", "date_of_birth", "sex", "address", "place", "postcode", "identifier")
# The traditions of which a force has so few that only together they say anything.
_SMALLER = frozenset({"sa", "ee", "af", "me", "ea"})


def joined_in(folder: Path, people: int, seed: int) -> dict[str, Joined]:
    generate(folder, Wanted(people=people, years=1, seed=seed))
    with (folder / "truth" / "people.csv").open(encoding="utf-8", newline="") as file:
        tradition = {row["person"]: row["origin"] for row in csv.DictReader(file)}
    with (folder / "truth" / "descriptions.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    records = [{part: row[part] for part in _PARTS} for row in rows]
    truth = [row["person"] for row in rows]
    kinds = [kinds_of_name(one) | _traditions(tradition[who]) for one, who in zip(records, truth, strict=True)]
    return joined_by_kind(linked(records, engine=Engine(Kind.DUCKDB)).persons, truth, kinds)


def _traditions(one: str) -> frozenset[str]:
    return frozenset({f"tradition {one}", *({"a smaller tradition"} if one in _SMALLER else ())})


@pytest.mark.deep
@pytest.mark.rule("IDN-02")
def test_T42_kinds_and_traditions_are_counted_of_a_force(tmp_path: Path) -> None:
    found = joined_in(tmp_path, 300, 61)
    assert found[ALL].persons > 30
    assert {"welsh", "other", "tradition cy", "tradition en", "a smaller tradition"} <= found.keys()
    assert found["tradition cy"].persons + found["tradition en"].persons < found[ALL].persons
    assert found[ALL].mixed <= 2


@pytest.mark.deep
@pytest.mark.rule("IDN-02")
def test_T42_no_kind_of_name_is_joined_wrongly_more_than_twice_as_often_as_all(tmp_path: Path) -> None:
    found = together(joined_in(tmp_path / str(seed), 12_000, seed) for seed in range(611, 621))
    whole = found[ALL]
    assert 1 - whole.false_links / whole.links >= 0.995
    beside = judged(found)
    told = {
        kind: (one.joined, round(one.low, 1), round(one.times, 1), round(one.high, 1)) for kind, one in beside.items()
    }
    assert not {kind for kind, one in beside.items() if one.verdict is Verdict.BEYOND}, told
    # What is said of these is said: so many bear them that twice as often would have been seen.
    within = {kind for kind, one in beside.items() if one.verdict is Verdict.WITHIN}
    assert within >= {"welsh", "other", "tradition cy", "tradition en", "a smaller tradition"}, told
