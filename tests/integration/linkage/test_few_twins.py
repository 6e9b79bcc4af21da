"""Two of different names linked because hardly anybody has a twin: the command and the page say so, and it adds up (IDN-02)."""

import itertools
import json
import math
import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from craffu.access.acting import Acting
from craffu.config import cli
from craffu.engines.choice import Engine, Kind
from craffu.intake.linking.running import link_register
from craffu.intake.linking.weighing_now import weigh_now
from craffu.intake.running import take_in
from craffu.linkage.model.comparisons import FEW_TWINS, HELD_DOWN, NOTHING_ALIKE
from craffu.linkage.models import PairScored
from craffu.linkage.queries import thresholds_in_use
from tests import worlds
from tests.factories.extracts import row, write
from tests.integration.linkage.test_fathers_and_sons import FAMILIES
from tests.web.conftest import text_of
from tests.worlds import force, world

__all__ = ["force", "world"]

pytestmark = [
    pytest.mark.django_db, pytest.mark.slow, pytest.mark.sqlite, pytest.mark.filterwarnings("ignore"),
    pytest.mark.rule("IDN-02"), pytest.mark.deep,
]  # fmt: skip
MEN = (
    "John William Thomas Richard Robert Henry Charles Joseph Samuel Gareth Hywel Rhodri Emyr Trevor Nigel Kwame Sanjay"
)
WOMEN = "Eleri Susan Patricia Olga Nerys Delyth Harriet Yvonne Rhian Beatrice Lowri Tanya Priya Zoe Fiona Ursula Bethan"
HOUSEHOLDS = 250


# Who has a twin is there as often as anybody, each by her own name.
TWINS = ("Siân", "Tegwen")
_ONLY = dict.fromkeys(("aliases", "pnc_id", "cro_number", "telephone", "email", "title", "town"), "")


def _persons(seed: int) -> list[dict[str, str]]:
    """A town by households, everybody counted twice, three in ten the second time by another name that they are called by."""
    draw = random.Random(seed)  # noqa: S311  # chance that need not be secure
    said: list[dict[str, str]] = []
    for household in range(HOUSEHOLDS):
        home = {"surname": draw.choice(FAMILIES), **_home(household)}
        for _ in range(4):
            sex = draw.choice("MF")
            names = draw.sample((MEN if sex == "M" else WOMEN).split(), 2)
            born = f"{1940 + draw.randrange(65)}-{1 + draw.randrange(12):02}-{1 + draw.randrange(28):02}"
            called = (names[0], names[draw.random() < 0.3])
            said += [{"forenames": name, "date_of_birth": born, "sex": sex, **home} for name in called]
    theirs = {"surname": "Prydderch", "date_of_birth": "1971-05-09", "sex": "F", **_home(HOUSEHOLDS)}
    said += [{"forenames": name, **theirs} for name in (*TWINS, *TWINS)]
    return [row("rms", "persons", number, **_ONLY, **one) for number, one in enumerate(said)]


def _home(number: int) -> dict[str, str]:
    return {"address": f"{number + 1} Heol Fawr", "postcode": f"SA{number % 70 + 1} {number % 9}AA"}


@worlds.kept()
def town(world: worlds.World) -> Acting:
    folder: Path = world.folder
    write(folder, "persons.csv", _persons(7))
    assert take_in(by=world.system, kind="rms", paths=[folder]).run.rejected == 0
    link_register(world.system, Engine(Kind.DUCKDB))
    return world.system


def _scored(by: Acting) -> list[PairScored]:
    return list(PairScored.objects.for_user(by).select_related("pair").order_by("id"))


def _levels(one: PairScored) -> dict[str, str]:
    return {what: level for what, level, _weight in one.levels}


@pytest.fixture
def trusted(town: Acting) -> PairScored:
    """One of many that are linked though a name speaks against it, in a town where nobody has a twin."""
    linked = [one for one in _scored(town) if one.pair.stands == "link"]
    unlike = [one for one in linked if _levels(one)["given"] == NOTHING_ALIKE]
    assert len(unlike) > 220
    # Each says why it is not held down, and no other link says so.
    assert {one.pk for one in linked if FEW_TWINS in _levels(one)} == {one.pk for one in unlike}
    assert not any(HELD_DOWN in _levels(one) for one in linked)
    for one in unlike:
        assert one.levels[-1] == [FEW_TWINS, FEW_TWINS, 0.0]
        assert math.fsum(weight for *_, weight in one.levels) == pytest.approx(one.weight, abs=1e-6)
        assert 1 / (1 + 2**-one.weight) == pytest.approx(one.probability, abs=1e-6)
    return unlike[0]


def test_the_command_says_why_two_of_different_names_are_one_and_it_adds_up(
    trusted: PairScored, acting_as: Callable[..., Acting], capsys: pytest.CaptureFixture[str]
) -> None:
    acting_as("link_clerk", username="reviewer")
    reference = trusted.pair.reference
    assert cli.main(["link", "explain", reference, "--as", "reviewer", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["one_person"], answer["because"], answer["stands"]) == (True, "auto", "link")
    compared: list[dict[str, Any]] = answer["comparisons"]
    assert compared[-1]["comparison"] == FEW_TWINS
    assert compared[-1]["weight"] == 0
    assert compared[-1]["total"] == pytest.approx(answer["weight"], abs=1e-6)
    assert compared[-1]["probability"] == pytest.approx(answer["probability"], abs=1e-6)
    assert answer["probability"] >= answer["auto"]
    assert cli.main(["link", "explain", reference, "--as", "reviewer"]) == 0
    assert re.search(
        r"Hardly any twins +0 +[+][0-9.]+  Names differ, .* so it is not held down$", capsys.readouterr().out, re.M
    )


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("", "Hardly any twins Names differ, or one is not said, as twins’ names do"),
        ("/cy", "Prin unrhyw efeilliaid Mae enwau’n wahanol, neu un heb ei roi, fel rhai gefeilliaid"),
    ],
)
def test_the_page_says_so_in_both_languages(
    language: str, said: str, trusted: PairScored, signed_in_client: Callable[..., Client]
) -> None:
    with translation.override("en"):
        page = text_of(signed_in_client("link_clerk").get(f"{language}/linkage/pairs/{trusted.pair.reference}"))
    assert said in page
    # The last row has what all comes to, which is the probability on top.
    last = page[page.index(said) :]
    top = re.search(r"(?:Probability|Tebygolrwydd) ([0-9.]+%)", page)
    assert top is not None
    assert re.search(r"[0-9.]+%", last).group() == top[1]  # type: ignore[union-attr]


def test_whoever_compares_two_alone_holds_them_down(trusted: PairScored, town: Acting) -> None:
    """How few twins there are a whole register tells; asked of two alone, the same comparisons are held down to a person's."""
    now = weigh_now(town, (trusted.pair.left_id, trusted.pair.right_id))
    assert now is not None
    assert now.probability < thresholds_in_use(town).auto
    assert now.levels[-1][:2] == (HELD_DOWN, HELD_DOWN)
    assert 1 / (1 + 2**-now.weight) == pytest.approx(now.probability, abs=1e-6)
    assert [one[:2] for one in now.levels[:-1]] == [(what, level) for what, level, _weight in trusted.levels[:-1]]


def test_of_twins_any_two_records_are_held_down_and_the_command_says_why_no_run_kept_them(
    town: Acting, acting_as: Callable[..., Acting], capsys: pytest.CaptureFixture[str]
) -> None:
    acting_as("link_clerk", username="reviewer")
    count = 8 * HOUSEHOLDS
    one, other = ([f"rms/persons/PERSON{count + at}" for at in some] for some in ((0, 2), (1, 3)))
    kept, not_kept = [], []
    for left, right in itertools.product(one, other):
        assert cli.main(["link", "explain", left, right, "--as", "reviewer", "--json"]) == 0
        answer = json.loads(capsys.readouterr().out)
        assert not answer["one_person"]
        assert answer["probability"] == pytest.approx(0.95, abs=1e-6)
        assert [said["comparison"] for said in answer["comparisons"]][-1] == HELD_DOWN
        (not_kept if answer["weighed_now"] else kept).append((left, right))
    assert len(kept) == 1
    assert cli.main(["link", "explain", *not_kept[0], "--as", "reviewer"]) == 0
    said = capsys.readouterr().out
    assert "there they are found; of all records of two people a run keeps the pair that says most." in said
    assert "weigh too little" not in said
    assert cli.main(["link", "explain", one[0], "rms/persons/PERSON0", "--as", "reviewer"]) == 0
    assert "of all records" not in capsys.readouterr().out
