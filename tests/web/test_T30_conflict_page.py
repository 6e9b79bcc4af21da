"""T30 in the pages: two browsers open one thing; the second gets both versions, its own words kept, and nothing is lost."""

from collections.abc import Callable

import pytest
from django.test import Client

from craffu.access.queries import acting_user
from craffu.access.restricted.actions import let_in, restrict
from craffu.access.restricted.models import Admission
from craffu.published.models import PublishedFigure
from tests.factories.court_messages import court_message
from tests.web.conftest import TakeIn, text_of
from tests.web.profiles.test_figure import GIVEN, PATH

pytestmark = pytest.mark.django_db
READERS = "/cases/C-10001/readers"


def version_on(response: object) -> str:
    body = response.content.decode()  # type: ignore[attr-defined]
    return str(body.partition('name="version" value="')[2].partition('"')[0])


@pytest.mark.parametrize("language", ["", "/cy"])
def test_T30_the_second_of_two_figures_sees_both(signed_in_client: Callable[..., Client], language: str) -> None:
    first, second = signed_in_client("analyst"), signed_in_client("analyst")
    first.post(PATH, GIVEN)
    told = second.post(f"{language}{PATH}", {**GIVEN, "value": "10,200", "read_in": "Another review"})
    assert told.status_code == 409
    text = text_of(told)
    for words in ("10199", "10200", "A review of 2023, page 12", "Another review", first.user.username):  # type: ignore[attr-defined]
        assert words in text
    assert ("Somebody else changed this" in text) is (not language)
    assert PublishedFigure.objects.get().value == 10199
    again = second.post(PATH, {**GIVEN, "value": "10,200", "read_in": "Another review", "version": version_on(told)})
    assert again.status_code == 302
    assert sorted(PublishedFigure.objects.values_list("value", "number")) == [(10199, 1), (10200, 2)]
    stale = first.post(PATH, {**GIVEN, "value": "10,201", "version": "1"})
    assert stale.status_code == 409


@pytest.mark.rule("SEC-02")
def test_T30_the_second_of_two_who_change_the_readers_sees_both(
    signed_in_client: Callable[..., Client], take_in_files: TakeIn
) -> None:
    take_in_files({"one.xml": court_message()})
    first, second = signed_in_client("supervisor"), signed_in_client("supervisor")
    others = [signed_in_client("investigator").user.username for _ in range(2)]  # type: ignore[attr-defined]
    by = acting_user(first.user)  # type: ignore[attr-defined]
    restrict(by=by, kind="case", reference="C-10001", reason="a test")
    let_in(by=by, user=second.user, kind="case", reference="C-10001", reason="a test")  # type: ignore[attr-defined]
    seen = {client: version_on(client.get(READERS)) for client in (first, second)}
    change = {"act": "let_in", "username": others[0], "reason": "Covers for a colleague"}
    assert first.post(READERS, {**change, "version": seen[first]}).status_code == 302
    stands = Admission.objects.count()
    mine = {**change, "username": others[1], "reason": "Knows the family"}
    told = second.post(READERS, {**mine, "version": seen[second]})
    assert told.status_code == 409
    text, body = text_of(told), told.content.decode()
    assert "Somebody else changed this while you had it open" in text
    assert "Covers for a colleague" in text
    assert body.count("Knows the family") == 2
    assert f'value="{others[1]}"' in body
    assert Admission.objects.count() == stands
    assert second.post(READERS, {**mine, "version": version_on(told)}).status_code == 302
    assert Admission.objects.count() == stands + 1
    assert second.post(READERS, {**mine, "version": version_on(told)}).status_code == 409
    assert Admission.objects.count() == stands + 1
