"""The library in pages: read in both languages, reworded, taken into a draft, a bespoke condition approved (P13, P42; ORD-14)."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client

from craffu.orders.library.rules import Behaviour, Check, Evidence, Input, shipped
from craffu.orders.models import Condition
from craffu.web.library import words
from craffu.web.library.presenters import EXAMPLE
from tests.factories.orders import considered
from tests.web.conftest import text_of
from tests.worlds import World, force, kept, world

__all__ = ["force", "world"]

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
LIBRARY = "/settings/conditions"


@pytest.fixture(autouse=True)
def at_noon() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@kept(at=NOW)
def order(world: World) -> str:
    return considered(world.system, world.folder).reference


@pytest.fixture
def officer(signed_in_client: Callable[..., Client], order: str) -> Client:
    return signed_in_client("investigator", username="first")


@pytest.mark.rule("ORD-14")
def test_there_are_words_for_everything_in_the_library() -> None:
    for said, every in (
        (words.INPUTS, Input), (words.BEHAVIOURS, Behaviour), (words.CHECKS, Check), (words.EVIDENCE, Evidence),
    ):  # fmt: skip
        assert set(said) == set(every)
    assert set(EXAMPLE) == set(Input)


@pytest.mark.rule("ORD-14")
@pytest.mark.parametrize("key", sorted(shipped()))
def test_every_wording_is_shown_in_both_languages_and_as_enforceable(officer: Client, key: str) -> None:
    shown = text_of(officer.get(f"{LIBRARY}/{key}"))
    assert shipped()[key].words["en"] in shown
    assert shipped()[key].words["cy"] in shown
    assert "Enforceable as worded? Enforceable as worded" in shown


@pytest.mark.rule("BIL-02")
def test_the_list_is_in_the_readers_language_with_what_is_filled_in_named(officer: Client) -> None:
    assert "Not to go within [How many metres] metres of [Name of the person it protects]." in text_of(
        officer.get(LIBRARY)
    )
    assert "Peidio â mynd o fewn" in text_of(officer.get(f"/cy{LIBRARY}"))


@pytest.mark.rule("ORD-14")
def test_an_administrator_words_one_anew_and_the_second_of_two_is_told(
    signed_in_client: Callable[..., Client], officer: Client
) -> None:
    page = f"{LIBRARY}/no-approach"
    admin = signed_in_client("administrator", username="admin")
    assert officer.get(f"{page}/edit").status_code == 403
    seen = _seen(admin, f"{page}/edit")
    said = {
        "seen": seen,
        "en": "Stay {distance} metres from {person}.",
        "cy": "{distance} metr o {person}.",
        "reason": "Plain",
    }
    assert "Both languages need words" in text_of(admin.post(f"{page}/edit", said | {"cy": "Cadw draw."}))
    assert "Your force has not changed these words." in text_of(admin.get(page))
    done = text_of(admin.post(f"{page}/edit", said, follow=True))
    assert "Stay {distance} metres from {person}." in done
    assert "Plain" in done
    late = admin.post(f"{page}/edit", said | {"en": "Off {distance} {person}."})
    assert late.status_code == 409
    assert officer.get(f"{LIBRARY}/no-such").status_code == 404


def _seen(client: Client, page: str) -> str:
    return client.get(page).content.decode().split('name="seen" value="')[1].split('"')[0]


@pytest.mark.rule("ORD-14")
def test_a_condition_is_filled_in_and_stands_in_the_draft(officer: Client, order: str) -> None:
    page = f"/orders/{order}/library"
    assert "Take a condition from the library" in text_of(officer.get(f"/orders/{order}/terms"))
    assert f'href="{page}/exclusion-street"' in officer.get(page).content.decode()
    said = {"version": "0", "street": "Heol Newydd, Llanelli", "behaviour": "Waited there", "necessity": "Her school"}
    refused = text_of(officer.post(f"{page}/exclusion-street", said | {"street": ""}))
    assert "The words need this" in refused
    done = text_of(officer.post(f"{page}/exclusion-street", said, follow=True))
    assert "Not to be in Heol Newydd, Llanelli at any time." in done
    late = officer.post(f"{page}/exclusion-street", said)
    assert late.status_code == 409
    assert "Waited there" in late.content.decode(), "what was typed is not lost"
    # Kept by the form as it stands, the wording is still known as the library's.
    again = {"rows": "1", "type_1": "exclusion_zone", "words_1": "Not to be in Heol Newydd, Llanelli at any time."}
    officer.post(f"/orders/{order}/terms", again | {"version": "1", "language": "en"})
    kept = Condition.objects.for_system("a test").order_by("id").last()
    assert (kept.library, "Llanelli" in kept.inputs) == ("exclusion-street:1", True)


@pytest.mark.rule("ORD-14")
def test_a_draft_says_that_the_library_words_a_condition_anew_with_both_texts(
    signed_in_client: Callable[..., Client], officer: Client, order: str
) -> None:
    taken = {"version": "0", "street": "Heol Newydd, Llanelli", "behaviour": "Waited there", "necessity": "Her school"}
    assert officer.post(f"/orders/{order}/library/exclusion-street", taken).status_code == 302
    page = f"/orders/{order}/conditions"
    assert "The library words this condition anew" not in text_of(officer.get(page))
    admin = signed_in_client("administrator", username="admin")
    edit = f"{LIBRARY}/exclusion-street/edit"
    for anew in ("Keep out of {street}.", "Never go into {street}."):
        said = {"seen": _seen(admin, edit), "en": anew, "cy": "Cadwch o {street}.", "reason": "Plain"}
        assert admin.post(edit, said).status_code == 302
    text = text_of(officer.get(page))
    assert "Not to be in Heol Newydd, Llanelli at any time." in text, "the draft keeps its words"
    assert "The library words this condition anew since it was taken." in text
    assert "As it was taken Not to be in [" in text
    assert "In the library now Never go into [" in text
    assert "Keep out of" not in text
    assert "Cadwch o [" in text_of(officer.get(f"/cy{page}"))


@pytest.mark.rule("ORD-14")
def test_a_second_person_approves_words_of_one_order_alone(
    signed_in_client: Callable[..., Client], officer: Client, order: str
) -> None:
    draft = {
        "rows": "1", "type_1": "bespoke", "words_1": "To keep no pigeons.", "nature_1": "requirement", "language": "en",
        "behaviour_1": "Notes by pigeon", "necessity_1": "They reach her window", "version": "0",
    }  # fmt: skip
    officer.post(f"/orders/{order}/terms", draft)
    page = f"/orders/{order}/conditions"
    assert "A second person approves what is worded for this order alone." in text_of(officer.get(page))
    assert "A second person’s approval of condition 1" in text_of(officer.get(f"/orders/{order}/pack"))
    approve = f"/orders/{order}/terms/approve"
    assert officer.post(approve, {"number": "1", "version": "1"}).status_code == 403
    sergeant = signed_in_client("supervisor", username="second")
    assert "Approve conditions" in text_of(sergeant.get(page))
    assert "They reach her window" in text_of(sergeant.get(approve))
    wrong = text_of(sergeant.post(approve, {"number": "x", "version": "1"}))
    assert "Only a condition that is worded for this order alone needs approval." in wrong
    assert sergeant.post(approve, {"number": "1", "version": "0"}).status_code == 409
    done = text_of(sergeant.post(approve, {"number": "1", "version": "1"}, follow=True))
    assert "The condition is approved." in done
    assert "No condition waits for approval." in done
    assert Condition.objects.for_system("a test").order_by("id").last().is_requirement
    own = {**draft, "words_1": "To keep no doves.", "version": "2"}
    sergeant.post(f"/orders/{order}/terms", own)
    refused = sergeant.post(approve, {"number": "1", "version": "3"})
    assert refused.status_code == 403
    assert "You drafted this. Somebody else approves it." in text_of(refused)
