"""SEC-10: the page and the command say of each kind of record whose it is, by which law, and with whom it is shared."""

import json
from argparse import Namespace
from collections.abc import Callable

import pytest
from django.test import Client

from craffu.access.boundaries.rules import BOUNDARIES, Of, With, seen_by, unseen_by
from craffu.access.models import Force
from craffu.config.commands import boundaries
from craffu.web.boundaries.words import KINDS, PARTNERS

pytestmark = [pytest.mark.rule("SEC-10"), pytest.mark.django_db, pytest.mark.postgres_in_deep]


def said(
    capsys: pytest.CaptureFixture[str], partner: str | None = None, language: str = "en", *, is_json: bool = False
) -> str:
    assert boundaries.run(Namespace(partner=partner, language=language, json=is_json, as_user=None)) == 0
    return capsys.readouterr().out


def test_the_command_names_controller_law_and_sharing_of_every_kind(
    force: Force, capsys: pytest.CaptureFixture[str]
) -> None:
    found = {one["record"]: one for one in json.loads(said(capsys, is_json=True))["records"]}
    assert found.keys() == {of.value for of in Of}
    assert {one["controller"] for one in found.values()} == {force.controller}
    assert found["surveys"]["joint_with"] == ["commissioner"]
    assert found["log"]["shared"] == {}
    assert f"log          {force.controller}, part_3: not shared" in said(capsys)


@pytest.mark.parametrize("partner", ["commissioner", "victim-service"])
def test_an_arrangement_holds_what_a_partner_is_given_and_what_never_in_both_languages(
    partner: str, force: Force, capsys: pytest.CaptureFixture[str]
) -> None:
    who = With(partner.replace("-", "_"))
    text = said(capsys, partner)
    given, never = text.split("is never given")
    assert force.name_en in given
    assert str(PARTNERS[who]) in given
    assert all(f"- {KINDS[of]} (" in given for of in seen_by(who))
    assert all(f"- {KINDS[of]}." in never for of in unseen_by(who))
    assert "is no legal advice" in text
    welsh = said(capsys, partner, "cy")
    assert force.name_cy in welsh
    assert "Trefniant rhwng" in welsh


def test_the_page_shows_all_of_it_to_whoever_is_signed_in(
    force: Force, signed_in_client: Callable[..., Client]
) -> None:
    client = signed_in_client("commissioner_view")
    shown = client.get("/boundaries").content.decode()
    assert all(str(KINDS[of]) in shown for of in BOUNDARIES)
    assert shown.count(force.controller) >= len(BOUNDARIES)
    assert "not confirmed" in shown
    assert 'href="/boundaries"' in client.get("/").content.decode()
