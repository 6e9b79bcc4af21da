"""T5: what is protected about anybody stands in no letter, no print and no message that leaves, whatever was typed (VIC-09)."""

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from craffu.access.acting import Acting
from craffu.access.exports.rules import Asked
from craffu.access.queries import acting_user
from craffu.common.refusals import NotNow
from craffu.messages.models import Message
from craffu.orders.facts import NewCondition
from craffu.orders.letters.actions import translate_reason
from craffu.orders.letters.facts import NewLetter
from craffu.orders.letters.kinds import About
from craffu.orders.letters.queries import addressee, offered_to, offered_to_respondent
from craffu.orders.models import Order
from craffu.orders.printing.reasons import purposes_of
from craffu.orders.printing.rules import AUDIENCES, LETTERS, Printed
from craffu.orders.protecting.actions import say_protected
from craffu.orders.queries import find_order, story_of_order
from craffu.people.models import SourceRecord
from craffu.victims.inviting.actions import invite
from craffu.victims.inviting.facts import NewInvitation
from craffu.victims.inviting.kinds import Purpose, Route
from craffu.victims.letters.rules import (
    languages_of,
)
from craffu.web.letters.printing import halves, write_letter
from craffu.web.papers.printing import print_paper
from craffu.web.safe.wording import worded
from tests.factories.letters import BY_LETTER
from tests.factories.orders import NO_CONTACT, NOT_TO_GO, parties
from tests.factories.records import one_more_of
from tests.factories.reviews import answers, protected, reviewed, serve, victim_of, view_of
from tests.factories.victims import agreed, send_victim
from tests.factories.victims import victim_of as find
from tests.web.orders.conftest import NOW
from tests.web.orders.test_letters import made_with
from tests.web.orders.test_papers import page_text, squeezed

pytestmark = [pytest.mark.slow, pytest.mark.rule("VIC-09")]

# What is known of three people: whom it protects, another whom it protects, and a victim in a case of her own.
KNOWN = {
    "hers": [
        ("address", "5 Heol Canari, Llandeilo, SA19 6CC"), ("phone", "01792 496 0101"), ("email", "canari@example.org"),
        ("workplace", "Siop Canari"), ("school", "Ysgol Canari"),
    ],
    "another": [("address", "9 Lôn Linos, Llandeilo, SA19 6AA"), ("phone", "01792 496 0102"), ("workplace", "Caffi Linos")],
    "stranger": [("address", "3 Stryd y Llinos, Llandeilo, SA19 6DD"), ("phone", "01792 496 0103")],
}  # fmt: skip
CANARIES = [value for several in KNOWN.values() for _kind, value in several]
# What would give somebody away though it is not the whole.
PARTS = [
    "Heol Canari",
    "SA19 6CC",
    "496 0101",
    "Siop Canari",
    "Ysgol Canari",
    "Linos",
    "SA19 6AA",
    "496 0102",
    "SA19 6DD",
    "496 0103",
]
# Why a paper may not leave, here.
KEPT_BACK = {"protected_detail", "letter_holds_respondent", "pack_incomplete", "no_attempts"}


@pytest.fixture
def officer(make_user: Callable[..., Any]) -> Acting:
    return replace(acting_user(make_user("victim_officer")), factor_at=NOW)


@pytest.fixture
def order(system: Acting, team: Acting, officer: Acting, made: Order, tmp_path: Path) -> Order:
    served = serve(team, made)
    agreed(officer, victim_of(officer, served), replace(BY_LETTER, language="both", links=("text_message",)))
    record = protected(officer, served)
    _case, _suspect, another = parties(system, tmp_path / "another", 2)
    stranger = find(system, send_victim(system, tmp_path / "stranger", 7))
    for key, of in (("hers", record), ("another", another.pk), ("stranger", stranger.record)):
        one_more_of(system, of, *KNOWN[key], key=key, name=("Sian", "Rees"))
    return served


def conditions(system: Acting, team: Acting, order: Order, *values: str) -> None:
    typed: list[NewCondition] = [replace(NOT_TO_GO, type="residence", words=f"Not to go near {one}.") for one in values]
    made_with(system, team, order, NO_CONTACT, *typed)


def letters(team: Acting, officer: Acting, order: Order) -> Iterator[bytes]:
    """Every letter that leaves about an order as it stands, in each language."""
    found = find_order(officer, order.reference)
    assert found is not None
    story = story_of_order(officer, found)
    to = addressee(officer, story, victim_of(officer, found))
    assert to is not None
    for by, person, offered in (
        (officer, to, offered_to(officer, story, to)),
        (team, None, offered_to_respondent(story)),
    ):
        for about in offered:
            for language in ("en", "cy", "both"):
                made = halves(by, found, about, person, languages_of(language), NOW)
                told = made[0].sheet.told
                letter = NewLetter(
                    about=about, person=person.reference if person else "", review=told.review.row.number if told else None,
                    agreement=to.agreement.pk if person and to.agreement else None, is_draft=True, translator="Mair Prys",
                )  # fmt: skip
                try:
                    yield write_letter(by=by, order=found, letter=letter, made=made)[1]
                except NotNow as refusal:
                    if refusal.code not in KEPT_BACK:
                        raise


def prints(team: Acting, order: Order) -> Iterator[bytes]:
    """Every other paper that leaves the police."""
    found = find_order(team, order.reference)
    assert found is not None
    for kind in sorted(set(Printed) - LETTERS - {Printed.CARD}):
        asked = Asked(
            next(iter(purposes_of(kind))), "For the hearing of this order", "The clerk of the court", "Llanelli court"
        )
        for audience in AUDIENCES[kind]:
            try:
                yield print_paper(by=team, order=found, kind=kind, audience=audience, asked=asked)[1]
            except NotNow as refusal:
                if refusal.code not in KEPT_BACK:
                    raise


def text_of_pdf(content: bytes) -> str:
    with pikepdf.Pdf.open(io.BytesIO(content)) as pdf:
        said = [page_text(page) for page in pdf.pages]
        return "".join(
            [*said, str(pdf.docinfo), pdf.Root.Metadata.read_bytes().decode() if "/Metadata" in pdf.Root else ""]
        )


def betrays(said: str) -> list[str]:
    return [one for one in (*CANARIES, *PARTS) if squeezed(one).casefold() in squeezed(said).casefold()]


@pytest.mark.parametrize(
    "typed",
    ["hers", *(pytest.param(one, marks=pytest.mark.deep) for one in ("nothing", *KNOWN) if one != "hers")],
)
def test_T5_canaries_stand_in_no_letter_and_no_print_that_leaves(
    typed: str, system: Acting, team: Acting, officer: Acting, order: Order
) -> None:
    by = replace(team, factor_at=NOW)
    view = view_of(officer, order)
    values = [value for _kind, value in KNOWN.get(typed, [])]
    why = f"Because of {values[0]}" if values else "It is watched closely"
    reviewed(team, order, replace(answers(protected(team, order), view=view.pk, wants="renew"), why_differs=why))
    both = [protected(team, order), SourceRecord.objects.for_user(system).get(source_key="another").pk]
    say_protected(by=team, order=order.reference, records=both, seen=1)
    conditions(system, team, order, *values)
    # A letter in Welsh tells it in Welsh, and that is searched too.
    words = f"Oherwydd {values[0]}" if values else "Gwylir hi"
    translate_reason(by=officer, order=order.reference, number=1, words=words, translator="Mair Prys")
    left = [*letters(by, officer, order), *prints(by, order)]
    assert [found for content in left if (found := betrays(text_of_pdf(content)))] == []
    # Where nobody typed any of it, everything leaves.
    assert left if typed != "nothing" else len(left) > 3 * len(About)


def test_T5_canaries_stand_in_no_message(officer: Acting, order: Order, settings: Any) -> None:
    settings.CRAFFU_SAFE_PAGE = {**settings.CRAFFU_SAFE_PAGE, "address": "https://example.org"}
    for purpose in Purpose:
        given = NewInvitation(purpose, Route.LINK, "text_message", to="07700 900456")
        invite(by=officer, victim=victim_of(officer, order), given=given, worded=worded)
    assert Message.objects.count() == len(Purpose)
    for one in Message.objects.all():
        assert (one.status, betrays(f"{one.subject}\n{one.body}\n{one.key}")) == ("waiting", [])
