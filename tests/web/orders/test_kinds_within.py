"""A kind within a sentence of ours is said as a person says it, and not as a heading names it (ORD-18)."""

import pytest
from django.utils import translation

from craffu.access.acting import Acting
from craffu.documents.papers import Notice
from craffu.orders.models import Order
from craffu.web.orders.words import kind_within
from craffu.web.papers.application import draft_order
from craffu.web.papers.sheet import sheet_of
from tests.factories.orders import as_kind

pytestmark = [pytest.mark.django_db, pytest.mark.rule("ORD-18")]


@pytest.mark.parametrize(
    ("code", "is_interim", "english", "cymraeg"),
    [
        ("SPO", False, "a full stalking protection order", "gorchymyn diogelu rhag stelcio"),
        ("SPO", True, "an interim stalking protection order", "gorchymyn diogelu rhag stelcio (interim)"),
        ("ISPO", True, "an interim stalking protection order", "gorchymyn diogelu rhag stelcio interim"),
        (
            "DAPO",
            True,
            "an interim domestic abuse protection order",
            "gorchymyn diogelu rhag cam-drin domestig (interim)",
        ),
        ("OCC", False, "an occupation order", "gorchymyn anheddu"),
        ("DVPN", False, "a domestic violence protection notice", "hysbysiad diogelu rhag trais domestig"),
        ("LICENCE", False, "release licence conditions", "amodau trwydded"),
        ("COND_CAUTION", False, "a conditional caution", "rhybudd amodol"),
        # The courts have no Welsh for it yet.
        (
            "SPO_ACQ",
            False,
            "a stalking protection order on acquittal etc.",
            "stalking protection order on acquittal etc.",
        ),
    ],
)
def test_a_kind_is_small_and_has_its_article_in_english(
    code: str, is_interim: bool, english: str, cymraeg: str
) -> None:
    for language, said in (("en", english), ("cy", cymraeg)):
        with translation.override(language):
            assert kind_within(code, is_interim=is_interim) == said


@pytest.mark.parametrize(
    ("kind", "english", "cymraeg"),
    [
        ("SPO", "the court ordered, by a full stalking protection order, that",
         "gorchmynnodd y llys (gorchymyn diogelu rhag stelcio) fod"),
        ("DVPN", "is a domestic violence protection notice. It requires that",
         "yw: hysbysiad diogelu rhag trais domestig. Mae’n"),
    ],
)  # fmt: skip
def test_the_opening_of_an_order_as_made_says_it_so(
    kind: str, english: str, cymraeg: str, made: Order, team: Acting
) -> None:
    as_kind(made, kind)
    for language, said in (("en", english), ("cy", cymraeg)):
        with translation.override(language):
            opening = draft_order(sheet_of(team, made, "draft_order", "court"))[0]
            assert isinstance(opening, Notice)
            assert said in str(opening)
