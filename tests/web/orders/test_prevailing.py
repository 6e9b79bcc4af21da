"""What prevails over typed words is called by the family of the kind: only a court seals an order (ORD-20)."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import translation

from craffu.access.acting import Acting
from craffu.orders.catalogue.kinds import Family
from craffu.orders.catalogue.reading import kinds
from craffu.orders.models import Order
from craffu.orders.papers.actions import keep_paper
from craffu.orders.terms.actions import compare_terms
from craffu.web.orders.words import prevailing
from craffu.web.papers.card import blocks
from craffu.web.papers.sheet import sheet_of
from tests.factories.orders import PNG, as_kind
from tests.web.conftest import text_of, title_of
from tests.web.street.conftest import person_of

pytestmark = [pytest.mark.django_db, pytest.mark.rule("ORD-20")]
ORDER = ("Sealed order", "the sealed order", "Gorchymyn dan sêl", "r gorchymyn dan sêl")
NOTICE = ("Notice as given", "the notice as it was given", "Hysbysiad fel y’i rhoddwyd", "r hysbysiad fel y’i rhoddwyd")
SET = (
    "Conditions as set", "the conditions as they were set", "Amodau fel y’u gosodwyd", "r amodau fel y’u gosodwyd",
)  # fmt: skip
SAID = {
    Family.APPLICATION: ORDER,
    Family.NOTICE: NOTICE,
    Family.CRIMINAL: ORDER,
    Family.VICTIMS_OWN: ORDER,
    Family.CONDITIONS: SET,
}


@pytest.mark.parametrize("code", list(kinds()))
def test_every_kind_names_the_paper_of_its_family_and_no_other_in_both_languages(code: str) -> None:
    label, english, cymraeg, welsh = SAID[kinds()[code].family]
    found = prevailing(code)
    names = [name for name in found.__dataclass_fields__ if name != "label"]
    assert names
    for language, own, within in (("en", label, english), ("cy", cymraeg, welsh)):
        with translation.override(language):
            assert str(found.label) == own
            for name in names:
                # The article before it is ’r, y or yr by what stands beside it.
                assert within.removeprefix("r ") in str(getattr(found, name)), (language, name)


@pytest.mark.parametrize(("kind", "said"), [("DVPN", NOTICE), ("PCB", SET), ("NMO", ORDER)])
def test_the_pages_of_what_no_court_seals_say_so(
    kind: str,
    said: tuple[str, ...],
    made: Order,
    team: Acting,
    as_role: Callable[[str], Client],
    acting_as: Callable[..., Acting],
) -> None:
    label, english, cymraeg, welsh = said
    paper = keep_paper(by=team, order=made.reference, kind="sealed_order", content=PNG)
    as_kind(made, kind)
    client, at = as_role("supervisor"), f"/orders/{made.reference}"
    page, there = text_of(client.get(at)), text_of(client.get(f"/cy{at}"))
    for words in (f"{label} Not checked", f"Open {english}", f"Compare the words with {english}"):
        assert words in page
    assert f"{cymraeg} Heb ei wirio" in there
    assert f"Cymharu’r geiriau â’{welsh}" in there
    compare, cymharu = client.get(f"{at}/compare"), client.get(f"/cy{at}/compare")
    assert english in title_of(compare)
    assert f"â’{welsh}" in title_of(cymharu)
    assert f"Open {english} (in a new tab)" in text_of(compare)
    this = {"order": made.reference, "number": 1, "paper": paper.pk}
    compare_terms(by=acting_as("investigator"), **this, is_same=False, differs="It names her mother too")
    correct, cywiro = text_of(client.get(f"{at}/correct")), text_of(client.get(f"/cy{at}/correct"))
    door = text_of(client.get(f"/people/{person_of(made)}/now"))
    for found in (text_of(client.get(at)), text_of(client.get(f"{at}/compare")), correct):
        assert f"The typed words differ from {english}. " in found
    assert f"Type the words as in {english}. " in correct
    assert f"The typed words differ from {english}: It names her mother too (found " in door
    if said is not ORDER:
        assert "the sealed order" not in page + text_of(compare) + correct + door
        assert "r gorchymyn dan sêl" not in there + text_of(cymharu) + cywiro


@pytest.mark.parametrize(("kind", "said"), [("DVPN", NOTICE), ("PCB", SET), ("NMO", ORDER)])
def test_the_card_names_the_paper_too(kind: str, said: tuple[str, ...], made: Order, team: Acting) -> None:
    as_kind(made, kind)
    for language, own in (("en", said[0]), ("cy", said[2])):
        with translation.override(language):
            shown = blocks(sheet_of(team, made, "card", "police"))
            assert own in {name for one in shown for name, _values in getattr(one, "rows", ())}
