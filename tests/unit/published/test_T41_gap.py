"""T41 on the gap: from every table of every split together nothing hidden can be worked out (MSR-03).

Whoever attacks has the page under each split, or the file, which has all of them, and knows how the figures hang together: each
split adds up to its whole less the answers that may not be linked, which are the same in every split; the figures of support add
up to one another; who withdrew is who is asked why; two figures divide the same answers. Two ways of reasoning from that: what
adding and taking away whole lines tells (the rows of a linear system), and which counts are left where none is below nought
(bounds carried along until nothing changes).
"""

import random
from collections import defaultdict
from datetime import date
from typing import Any

import pytest

from craffu.published.disclosure import To, is_small
from craffu.victims.gap import shown
from craffu.victims.gap.facts import Asked, Counted, Finalised, Gap, Key, NotAskedOnce, Rows, Survey, WorkDone
from craffu.victims.gap.kinds import SATISFIED, Figure, Split, Work
from craffu.victims.gap.rules import gap
from craffu.victims.gap.shown import every_line, lines, surveys_of
from tests.oracles.attack import MANY, Attack

DAY = date(2026, 10, 1)
ONLINE, PAPER = Survey("surveys", "2", "online"), Survey("surveys", "2", "paper")
# Forces in which answers that may not be linked, or a line that was left out, once told what was hidden.
TOLD = (74, 132, 191)
# What is divided by the same answers.
_TWINS = ((Figure.FELT_SAFE, Figure.LESS_SAFE),)
_LINKED = (*SATISFIED, Figure.LESS_SAFE)
type Cell = tuple[Figure, str, Split, str, str]


def invented(seed: int) -> Gap:
    """A small force, so that much has to be hidden: each count is in reach of the threshold."""
    chance = random.Random(seed)  # noqa: S311  # invented counts
    values = {
        Split.STAGE: ["report", "charge", "order_served"], Split.AREA: ["A", "B", "C", "D"], Split.SEX: ["F", "M", ""],
        Split.RELATIONSHIP: ["ex", "stranger", "other", ""],
    }  # fmt: skip
    weights = {split: [chance.choice((1, 3, 12)) for _ in several] for split, several in values.items()}

    def by(*splits: Split) -> dict[Split, str]:
        return {split: chance.choices(values[split], weights[split])[0] for split in splits}

    every = tuple(values)
    asked = []
    for _ in range(chance.choice((25, 60, 140))):
        answers: dict[Figure, str] | None = None
        if chance.random() < 0.8:
            answers = {one: chance.choice(("yes", "partly", "no", "")) for one in SATISFIED}
            answers[Figure.FELT_SAFE] = chance.choice(("safer", "same", "less_safe", ""))
        is_done = chance.random() < 0.7
        asked.append(
            Asked(
                chance.choice((ONLINE, ONLINE, PAPER)), DAY, by(*every), True if answers else chance.choice((True, False, None)),
                answers, chance.random() < 0.85, is_done, is_done and chance.random() < 0.6,
            )
        )  # fmt: skip
    left = [
        NotAskedOnce("surveys", DAY, by(*every), chance.choice(("unsafe", "other")))
        for _ in range(chance.randrange(12))
    ]
    done = [WorkDone(DAY, by(*every[1:]), chance.random() < 0.7) for _ in range(chance.choice((8, 40)))]
    ends = [
        Finalised(DAY, by(*every[1:]), chance.choice(("14", "16", "16", "15")), chance.choice(("", "fear", "delay")))
        for _ in range(chance.choice((12, 70)))
    ]
    return gap(Rows(tuple(asked), tuple(left), tuple(done), tuple(ends)), DAY, DAY)


def _cells(key: Key) -> tuple[Cell, Cell]:
    at = (key.figure, key.survey, key.by, key.value)
    return (*at, "counts"), (*at, "others")


def attack_on(found: Gap, to: To) -> tuple[Attack, list[Cell]]:
    """Everything that is printed and known, and the small counts that are not."""
    attack, hidden = Attack(), []
    for split in Split:
        for line in every_line(found, split, to):
            counts, others = _cells(line.key)
            one = found.get(line.key, Counted())
            attack.say({counts: 1, others: 1}, 0, MANY)
            if line.denominator is not None:
                attack.print(line.denominator, to, counts, others)
            if line.numerator is not None:
                attack.print(line.numerator, to, counts)
            if line.response is not None:
                attack.print(line.response.valid, to, counts, others)
                response = Key(Figure.RESPONSE, line.key.survey, line.key.by, line.key.value)
                attack.print(line.response.delivered, to, *_cells(response))
            if line.numerator is None:
                for cell, count in ((counts, one.numerator), (others, one.denominator - one.numerator)):
                    hidden += [cell] if is_small(count, To.INTERNAL) else []
    _how_they_hang_together(attack, found, to)
    return attack, hidden


def _how_they_hang_together(attack: Attack, found: Gap, to: To) -> None:
    """Of what has a line: that something has none tells that it is nought."""
    splits: dict[tuple[Figure, str], set[Split]] = defaultdict(set)
    for key in found:
        splits[key.figure, key.survey].add(key.by)
    for (figure, survey), several in splits.items():
        for split in several - {Split.WHOLE}:
            keys = [line.key for line in lines(found, figure, survey, split, to)]
            for part in (0, 1):
                terms: dict[Any, int] = {_cells(key)[part]: 1 for key in keys}
                if figure in _LINKED and split is not Split.STAGE:
                    terms["not linked", figure, survey, part] = 1
                attack.say({**terms, _cells(Key(figure, survey, Split.WHOLE, ""))[part]: -1}, 0)
            for key in keys:
                _beside_each_other(attack, found, key)
        _beside_each_other(attack, found, Key(figure, survey, Split.WHOLE, ""))
    for survey in surveys_of(found):
        parts = {one: _cells(Key(Figure.FELT_SUPPORTED, survey, Split.WORK, one.value)) for one in Work}
        none, done = (
            Key(Figure.NOT_DONE_SUPPORTED, survey, Split.WHOLE, ""),
            Key(Figure.DONE_UNSUPPORTED, survey, Split.WHOLE, ""),
        )
        for part in (0, 1):
            attack.say({parts[Work.NOT_DONE][part]: 1, _cells(none)[part]: -1}, 0)
        both = [*parts[Work.TOLD], *parts[Work.DONE_NOT_TOLD]]
        attack.say({**dict.fromkeys(both, 1), **dict.fromkeys(_cells(done), -1)}, 0)


def _beside_each_other(attack: Attack, found: Gap, key: Key) -> None:
    def same(figure: Figure) -> tuple[Cell, Cell]:
        return _cells(Key(figure, key.survey, key.by, key.value))

    mine = _cells(key)
    for one, other in _TWINS:
        if key.figure is one:
            attack.say({**dict.fromkeys(mine, 1), **dict.fromkeys(same(other), -1)}, 0)
            attack.say({mine[1]: 1, same(other)[0]: -1}, 0, MANY)
    for withdrew, why in ((Figure.WITHDREW_14, Figure.WHY_14), (Figure.WITHDREW_16, Figure.WHY_16)):
        if key.figure is withdrew:
            attack.say({mine[0]: 1, **dict.fromkeys(same(why), -1)}, 0)
    if key.figure is Figure.WITHDREW_14:
        attack.say({**dict.fromkeys(mine, 1), **dict.fromkeys(same(Figure.WITHDREW_16), -1)}, 0)
        attack.say({mine[1]: 1, same(Figure.WITHDREW_16)[0]: -1}, 0, MANY)
    if key.figure is Figure.FELT_SUPPORTED and key.by not in (Split.WHOLE, Split.WORK, Split.STAGE):
        done, none = same(Figure.DONE_UNSUPPORTED), same(Figure.NOT_DONE_SUPPORTED)
        attack.say({**dict.fromkeys(mine, 1), **dict.fromkeys((*done, *none), -1)}, 0)
        attack.say({mine[0]: 1, none[0]: -1}, 0, MANY)
        attack.say({done[1]: 1, mine[0]: -1, none[0]: 1}, 0, MANY)


def recovered(found: Gap, to: To) -> list[Cell]:
    attack, hidden = attack_on(found, to)
    return list(attack.recovered(hidden))


@pytest.mark.rule("MSR-03")
@pytest.mark.parametrize("to", [To.INTERNAL, To.PUBLIC])
@pytest.mark.parametrize(
    "seed",
    [*range(4), *TOLD, *(pytest.param(one, marks=pytest.mark.deep) for one in range(4, 400) if one not in TOLD)],
)
def test_T41_no_count_that_is_hidden_follows_from_all_tables_together(seed: int, to: To) -> None:
    assert recovered(invented(seed), to) == []


@pytest.mark.rule("MSR-03")
def test_T41_much_is_hidden_and_much_is_printed() -> None:
    hidden = printed = 0
    for seed in range(16):
        found = invented(seed)
        hidden += len(attack_on(found, To.INTERNAL)[1])
        printed += sum(line.share is not None for split in Split for line in every_line(found, split, To.INTERNAL))
    assert min(hidden, printed) > 200, (hidden, printed)


@pytest.mark.deep
@pytest.mark.rule("MSR-03")
def test_T41_the_attack_finds_what_each_table_alone_would_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    """As it was before: every table hid for itself, and others told it."""
    monkeypatch.setattr(shown, "_gone", shown._of_table)
    assert sum(bool(recovered(invented(seed), To.INTERNAL)) for seed in range(16)) >= 3
