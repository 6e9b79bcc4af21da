"""`craffu sample`: a draw that anybody repeats with a few lines of their own, agreement of any table, and errors that say what to
do (SCR-01 to SCR-04, SCR-07, SCR-08)."""

import csv
import hashlib
import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from craffu.config import cli

SEED = "from a chair, 24 November"


def table(folder: Path, head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    path = folder / "table.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *rows])
    return str(path)


def told(capsys: pytest.CaptureFixture[str], *asked: str) -> dict[str, Any]:
    assert cli.main(["sample", *asked, "--json"]) == 0, capsys.readouterr().err
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def refused(capsys: pytest.CaptureFixture[str], *asked: str) -> str:
    assert cli.main(["sample", *asked]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    return err


def frame(count: int) -> list[tuple[str, str]]:
    """Cases of three kinds, some with names that are no ASCII, as they come from anywhere."""
    rows = [(f"Achos-{at:03}ŵ", ("stalking", "harassment", "torri gorchymyn")[at % 7 // 3]) for at in range(count)]
    random.Random(3).shuffle(rows)  # noqa: S311
    return rows


@pytest.mark.rule("SCR-01")
@pytest.mark.rule("SCR-02")
@pytest.mark.rule("SCR-04")
def test_a_draw_is_what_anybody_else_draws(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = frame(420)
    path = table(tmp_path, ["case", "kind"], rows)
    found = told(capsys, "draw", path, "--ref", "case", "--seed", SEED, "--size", "71", "--strata", "kind")
    refs = sorted(ref for ref, _ in rows)
    assert found["frame_hash"] == hashlib.sha256("\n".join(refs).encode()).hexdigest()
    assert (found["population"], found["seed"], found["size"], found["raised"]) == (420, SEED, 71, False)
    by_hand: list[str] = []
    # 180, 180 and 60 of 420 are 30.4, 30.4 and 10.1 of 71.
    for kind, size in (("harassment", 31), ("stalking", 30), ("torri gorchymyn", 10)):
        ordered = sorted(
            (ref for ref, of in rows if of == kind),
            key=lambda ref: hashlib.sha256(f"{SEED}|{ref}".encode()).hexdigest(),
        )
        by_hand += ordered[:size]
        (one,) = (one for one in found["strata"] if one["stratum"] == kind)
        assert (one["drawn"], one["weight"]) == (size, round(len(ordered) / size, 4))
        assert one["replacements"] == ordered[size : size + 10]
    assert found["drawn"] == by_hand
    again = sorted(by_hand, key=lambda ref: hashlib.sha256(f"{SEED}|second|{ref}".encode()).hexdigest())
    assert found["second"] == again[:30]
    # Another order of the rows is the same frame.
    turned = table(tmp_path, ["kind", "case"], [(kind, ref) for ref, kind in reversed(rows)])
    assert told(capsys, "draw", turned, "--ref", "case", "--seed", SEED, "--size", "71", "--strata", "kind") == found


def shared(sizes: dict[str, int], number: int, least: int, spread: dict[str, float]) -> dict[str, int]:
    """As SCR-04 says it, and from nothing else: those under their least are fixed first, then those over their size, and the
    rest is shared anew each time; by largest remainder, ties to the larger stratum and then by name."""
    fixed: dict[str, int] = {}
    floors = {name: min(least, size) for name, size in sizes.items()}
    number = max(number, sum(floors.values()))
    while True:
        free = [name for name in sizes if name not in fixed]
        if not free:
            return fixed
        weight = {name: sizes[name] * spread[name] for name in free}
        left = number - sum(fixed.values())
        quota = {name: left * weight[name] / sum(weight.values()) for name in free}
        if under := [name for name in free if quota[name] < floors[name]]:
            fixed |= {name: floors[name] for name in under}
        elif over := [name for name in free if quota[name] > sizes[name]]:
            fixed |= {name: sizes[name] for name in over}
        else:
            break
    whole = {name: int(quota[name]) for name in free}
    order = sorted(free, key=lambda name: (-round(quota[name] - whole[name], 9), -sizes[name], name))
    for name in order[: left - sum(whole.values())]:
        whole[name] += 1
    return fixed | whole


@pytest.mark.rule("SCR-02")
@pytest.mark.rule("SCR-04")
@pytest.mark.parametrize("turn", range(12))
def test_any_frame_is_drawn_as_the_rules_alone_say(
    turn: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lots = random.Random(turn)  # noqa: S311
    names = lots.sample(["Gogledd", "De", "Dwyrain", "Gorllewin", "canol", "Ŷnys"], lots.randint(2, 6))
    sizes = {name: lots.choice([1, 3, 12, 40, 41, 160, 500]) for name in names}
    rows = [(f"{name}/{at}", name) for name, size in sizes.items() for at in range(size)]
    lots.shuffle(rows)
    number, least = lots.randint(1, len(rows)), lots.choice([1, 5, 10])
    asked = ["draw", table(tmp_path, ["case", "kind"], rows), "--ref", "case", "--seed", SEED, "--strata", "kind"]
    asked += ["--size", str(number), "--min", str(least)]
    spread = dict.fromkeys(sizes, 1.0)
    if turn % 2:
        shares = {name: lots.choice([0.1, 0.3, 0.5, 0.9]) for name in sizes}
        spread = {name: (share * (1 - share)) ** 0.5 for name, share in shares.items()}
        asked += [
            "--allocation",
            "neyman",
            *(word for name, share in shares.items() for word in ("--share", f"{name}={share}")),
        ]
    found = told(capsys, *asked)
    wanted = shared(sizes, number, least, spread)
    assert {one["stratum"]: one["drawn"] for one in found["strata"]} == wanted
    by_hand = [
        ref
        for name in sorted(sizes)
        for ref in sorted(
            (ref for ref, of in rows if of == name),
            key=lambda ref: hashlib.sha256(f"{SEED}|{ref}".encode()).hexdigest(),
        )[: wanted[name]]
    ]
    assert found["drawn"] == by_hand


@pytest.mark.rule("SCR-03")
def test_without_a_size_the_one_advised_and_a_small_frame_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = "draw", table(tmp_path, ["case", "kind"], frame(300)), "--ref", "case", "--seed", SEED
    found = told(capsys, *asked)
    assert (found["size"], found["advised"], found["strata"][0]["stratum"]) == (73, True, "all")
    small = "draw", table(tmp_path, ["case", "kind"], frame(50)), "--ref", "case", "--seed", SEED
    whole = told(capsys, *small)
    assert (whole["size"], whole["margin"], whole["census_advised"]) == (50, 0.0, False)
    assert told(capsys, *small, "--size", "12")["census_advised"]
    assert cli.main(["sample", *small, "--size", "12"]) == 0
    said = capsys.readouterr().out
    assert "kinds of failure, not rates" in said
    assert "better taken whole" in said
    assert "12 drawn by the seed" in said


@pytest.mark.rule("SCR-04")
def test_neyman_goes_by_what_an_earlier_round_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [(f"C{at}", "even" if at % 2 else "settled") for at in range(400)]
    asked = "draw", table(tmp_path, ["case", "kind"], rows), "--ref", "case", "--seed", SEED, "--strata", "kind"
    shares = "--share", "even=0.5", "--share", "settled=0.9"
    found = told(capsys, *asked, "--size", "80", "--allocation", "neyman", *shares)
    # Their spreads are 0.5 and 0.3.
    assert [(one["stratum"], one["drawn"]) for one in found["strata"]] == [("even", 50), ("settled", 30)]
    raised = told(capsys, *asked, "--size", "5")
    assert (raised["raised"], raised["size"]) == (True, 20)
    assert told(capsys, *asked, "--size", "4", "--min", "1")["size"] == 4
    for wrong in ("other=0.5", "even=half", "even=1.2", "even"):
        assert "give NAME=P" in refused(capsys, *asked, "--size", "9", "--share", wrong)


@pytest.mark.parametrize(
    ("rows", "more", "says"),
    [
        ([("C1", "a"), ("C1", "b")], (), "C1 stands in the frame twice"),
        ([("C1", "a"), ("", "b")], (), "row 3 says nothing in case"),
        ([("C1", "a")], ("--ref", "number"), "has no column number"),
        ([("C1", "a")], ("--strata", "area"), "has no column area"),
        ([("C1", "a")], ("--size", "0"), "draws nobody"),
        ([("C1", "a")], ("--min", "-1"), "no number of cases"),
        ([("C1", "a")], ("--seed", ""), "needs --seed"),
        ([], (), "the frame is empty"),
    ],
)
def test_a_frame_that_cannot_be_drawn_from(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], rows: list[tuple[str, str]], more: tuple[str, ...], says: str
) -> None:
    path = table(tmp_path, ["case", "kind"], rows)
    assert says in refused(capsys, "draw", path, "--ref", "case", "--seed", SEED, *more)


def test_what_is_asked_without_what_it_needs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "needs FRAME" in refused(capsys, "draw", "--ref", "case", "--seed", SEED)
    assert "cannot be read" in refused(capsys, "draw", str(tmp_path / "no.csv"), "--ref", "case", "--seed", SEED)
    assert "--population 300" in refused(capsys, "size")
    assert "between 0 and 1" in refused(capsys, "size", "--population", "70", "--within", "5")
    assert "needs a table" in refused(capsys, "agreement")


@pytest.mark.rule("SCR-03")
def test_sizes(capsys: pytest.CaptureFixture[str]) -> None:
    found = told(capsys, "size", "--population", "10199", "--within", "0.05")
    assert (found["n"], found["census"]) == (371, False)
    assert cli.main(["sample", "size", "--population", "6"]) == 0
    assert capsys.readouterr().out == "6 of 6: all of them\n"


COUNTS = (("yes", "yes", 118), ("yes", "no", 5), ("no", "yes", 2))


@pytest.mark.rule("SCR-08")
def test_agreement_side_by_side(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [("Q2", "yes", "yes")] * 12
    rows += [("Q1", first, second) for first, second, count in COUNTS for _ in range(count)]
    path = table(tmp_path, ["question", "first", "second"], [*rows, ("Q1", "yes", "")])
    one, two = told(capsys, "agreement", path)["questions"]
    assert (one["question"], one["n"], one["agreement"], one["kappa"], one["ac1"]) == (
        "Q1",
        125,
        0.944,
        -0.0234,
        0.9408,
    )
    assert (one["interval"], one["ac1_interval"], one["may_be_quoted"]) == ([0.8889, 0.9726], [0.8953, 0.9862], True)
    assert one["prevalence"] == {"no": 7 / 250, "yes": 243 / 250}
    assert (one["gaps"], one["reviewers"]) == (1, 2)
    assert (two["n"], two["kappa"], two["ac1"]) == (12, None, 1.0)
    assert "alpha" not in two
    assert cli.main(["sample", "agreement", path]) == 0
    said = capsys.readouterr().out
    assert "AC1 0.941 (0.895 to 0.986)" in said
    assert "kappa not defined" in said


@pytest.mark.rule("SCR-08")
def test_agreement_answer_by_answer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ratings: list[list[int | None]] = [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
        [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
    ]
    rows = [(case, f"r{who}", answer) for who, of in enumerate(ratings) for case, answer in enumerate(of) if answer]
    path = table(tmp_path, ["case", "reviewer", "answer"], rows)
    (found,) = told(capsys, "agreement", path)["questions"]
    assert (found["question"], found["n"], found["agreement"], found["alpha"]) == ("all", 0, None, 0.7434)
    assert (found["reviewers"], found["gaps"]) == (4, 7)
    assert cli.main(["sample", "agreement", path]) == 0
    assert "alpha 0.743 of 4 reviewers, 7 gaps" in capsys.readouterr().out
    twice = table(tmp_path, ["case", "reviewer", "answer"], [*rows, (0, "r0", 2)])
    assert "twice" in refused(capsys, "agreement", twice)


@pytest.mark.rule("SCR-08")
def test_ordered_answers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    counts = [[20, 5, 1], [4, 15, 6], [0, 3, 16]]
    names = ["low", "medium", "high"]
    rows = [(names[i], names[j]) for i in range(3) for j in range(3) for _ in range(counts[i][j])]
    path = table(tmp_path, ["first", "second"], rows)
    asked = "agreement", path, "--answers", "low, medium,high", "--ordered"
    (found,) = told(capsys, *asked)["questions"]
    assert found["kappa_quadratic"] == 0.7603
    assert cli.main(["sample", *asked]) == 0
    said = capsys.readouterr().out
    assert "quadratic weights 0.760" in said
    assert "not to be quoted" in said
    assert "none of the answers" in refused(capsys, "agreement", path, "--answers", "low,medium")
    assert "needs the answers in their order" in refused(capsys, "agreement", path, "--ordered")
    # An answer that nobody gave could have been given.
    more = told(capsys, "agreement", path, "--answers", "low,medium,high,critical")["questions"][0]
    assert more["ac1"] > found["ac1"]


@pytest.mark.parametrize(
    ("head", "rows", "says"),
    [
        (["one", "other"], [("yes", "no")], "it needs first and second"),
        (["first", "second"], [], "nobody answered anything"),
        (["question", "first", "second"], [("", "yes", "no")], "row 2 says nothing in question"),
    ],
)
def test_answers_that_cannot_be_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], head: list[str], rows: list[tuple[str, ...]], says: str
) -> None:
    assert says in refused(capsys, "agreement", table(tmp_path, head, rows))
