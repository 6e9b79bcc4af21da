"""Letters to a victim in pages: offered, read before one leaves, left in the queue or taken out, posted, theirs."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client

from craffu.access.acting import Acting
from craffu.access.queries import acting_user
from craffu.documents.papers import words_of
from craffu.people.queries import identities
from craffu.victims.happenings.kinds import Happening
from craffu.victims.letters.queries import News, news_to_write
from craffu.victims.letters.rules import WARNED_OF, WRITTEN_OF, languages_of
from craffu.victims.models import Contact, VictimLetter
from craffu.victims.stories import story_of
from craffu.web.letters.news import news_halves, news_paper, reference_of
from tests.factories.letters import BY_LETTER, charged, written_of_a_charge
from tests.factories.victims import AGREED, agreed, send_victim, victim_of
from tests.web.conftest import text_of
from tests.web.orders.test_papers import says

pytestmark = [pytest.mark.rule("VIC-01"), pytest.mark.rule("VIC-02"), pytest.mark.slow]

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def at_noon() -> Any:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def victim(system: Acting, tmp_path: Path) -> str:
    return send_victim(system, tmp_path)


@pytest.fixture
def officer(signed_in_client: Callable[..., Client], confirmed: Callable[..., Client]) -> Client:
    """Who has just proved a second factor."""
    return confirmed(signed_in_client("victim_officer", username="officer"), at=NOW)


@pytest.fixture
def by(officer: Client) -> Acting:
    return acting_user(officer.user, factor_at=NOW)  # type: ignore[attr-defined]


def letter(by: Acting, victim: str, of: str = "", language: str = "en") -> str:
    """Everything that a letter says; without something that happened it asks her."""
    hers = victim_of(by, victim)
    story = story_of(by, hers, NOW)
    news: News | None = next((one for one in news_to_write(story) if one.happened.key == of), None) if of else None
    who = identities(by, [hers.person], whose=dict.fromkeys(hers.records, hers.person.pk))[hers.person.pk]
    made = news_halves(by, story, who, news, languages_of(language))
    return words_of(news_paper(by, made, reference_of(story, news), NOW))


def lacks(said: str, *words: str) -> list[str]:
    return [one for one in words if one not in said]


@pytest.mark.rule("VIC-05")
@pytest.mark.rule("VIC-09")
def test_a_letter_is_left_in_the_queue_fetched_posted_and_theirs(officer: Client, by: Acting, victim: str) -> None:
    at = f"/victims/{victim}/letters"
    assert "Nobody has agreed with them yet how to reach them safely" in text_of(officer.get(at))
    agreed(by, victim, replace(BY_LETTER, language="en"))
    of = charged(by, victim, NOW)
    offered = text_of(officer.get(at))
    assert lacks(offered, "Charge, 24 November 2026", "Ask them how they were treated, after") == []
    assert f"{at}/survey/charge_or_no_further_action" in officer.get(at).content.decode()
    shown = officer.get(f"{at}/news/{of}")
    assert (
        lacks(text_of(shown), "The suspect was charged on 24 November 2026.", "Nia Price", "No address is printed")
        == []
    )
    agreement = re.search(r'name="agreement" value="(\d+)"', shown.content.decode())
    assert agreement is not None
    version = {"agreement": agreement.group(1), "review": "", "leave": "1"}
    assert officer.post(f"{at}/news/{of}", version).headers["Location"] == at
    row = VictimLetter.objects.for_system("a test").get()
    queue = text_of(officer.get("/print-queue"))
    assert lacks(queue, "What happened, or will", victim, "In the print queue") == []
    assert "Rees" not in queue, "the queue names nobody"
    again = officer.post(f"{at}/news/{of}", version)
    assert (again.status_code, "was written already" in text_of(again)) == (409, True)
    own = f"{at}/{row.pk}"
    answer = officer.post(own, {"act": "fetch"})
    assert says(answer, "The suspect was charged on 24 November 2026.", "ask for Nia Price") == []
    assert officer.post(own, {"act": "fetch"}).status_code == 409
    assert officer.post(own, {"act": "put_back"}).status_code == 302
    officer.post(own, {"act": "fetch"})
    assert officer.post(own, {"act": "posted"}).status_code == 302
    given = {"way": "posted", "on_day": "24", "on_month": "11", "on_year": "2026", "at": "12:00"}
    assert officer.post(f"{own}/given", given).headers["Location"] == at
    assert "They have it" in text_of(officer.get(own))
    assert Contact.objects.for_system("a test").get().channel == "letter"
    assert officer.get(f"{at}/{row.pk + 9}").status_code == 404
    for absent in ("news/happening-999", "survey/arrest", "gossip/report"):
        assert officer.get(f"{at}/{absent}").status_code == 404


@pytest.mark.rule("T29")
@pytest.mark.rule("VIC-05")
def test_news_that_was_written_to_them_is_shown_as_written_and_not_offered_until_the_letter_is_lost(
    officer: Client, by: Acting, victim: str
) -> None:
    agreed(by, victim, replace(BY_LETTER, language="en"))
    at = f"/victims/{victim}/letters"
    row = written_of_a_charge(by, victim, NOW)
    of, other = row.of, charged(by, victim, NOW - timedelta(hours=1), Happening.ARREST)

    def offers(key: str) -> bool:
        return f'href="{at}/news/{key}"' in officer.get(at).content.decode()

    assert (offers(of), offers(other)) == (False, True)
    said = text_of(officer.get(at)).partition("Letters written")[0].partition("Written already:")[2]
    assert lacks(said, "Charge, 24 November 2026, 12:00, written 24 November 2026, 12:00", "In the print queue") == []
    assert "Write it once more" not in said
    assert f'href="{at}/{row.pk}"' in officer.get(at).content.decode()
    there = text_of(officer.get(f"/cy{at}"))
    assert lacks(there, "Eisoes wedi’i ysgrifennu:", "ysgrifennwyd 24 Tachwedd 2026, 12:00") == []
    why = "A letter of this was written already, and is on its way or with them."
    assert why in text_of(officer.get(f"{at}/news/{of}"))
    own = f"{at}/{row.pk}"
    officer.post(own, {"act": "fetch"})
    officer.post(own, {"act": "posted"})
    officer.post(own, {"act": "back", "why": "returned"})
    assert offers(of), "it did not reach them"
    assert "Written already:" not in text_of(officer.get(at))
    assert why not in text_of(officer.get(f"{at}/news/{of}"))


@pytest.mark.rule("VIC-05")
def test_a_letter_that_asks_names_nothing_that_happened(by: Acting, victim: str) -> None:
    agreed(by, victim, replace(BY_LETTER, language="en"))
    said = letter(by, victim).lower()
    assert "how safe you feel" in said
    assert not any(word in said for word in ("order", "charge", "report", "court", "arrest"))


@pytest.mark.rule("T29")
def test_who_was_asked_today_is_offered_no_second_letter_that_asks_and_the_page_says_why(
    officer: Client, by: Acting, victim: str, at_noon: Any, signed_in_client: Callable[..., Client]
) -> None:
    agreed(by, victim, replace(BY_LETTER, language="en"))
    charged(by, victim, NOW)
    charged(by, victim, NOW, Happening.ORDER_SERVED)
    at = f"/victims/{victim}/letters"
    why = "A letter that asks how they were treated was written to them today. One is enough."
    kept = "Ysgrifennwyd llythyr yn gofyn sut y cawsant eu trin atynt heddiw. Mae un yn ddigon."

    def asks(client: Client = officer) -> list[str]:
        return re.findall(r"/letters/survey/(\w+)", client.get(at).content.decode())

    assert asks() == ["charge_or_no_further_action", "order_served"]
    shown = officer.get(f"{at}/survey/charge_or_no_further_action").content.decode()
    version = {"agreement": re.findall(r'name="agreement" value="(\d+)"', shown)[0], "review": "", "leave": "1"}
    assert officer.post(f"{at}/survey/charge_or_no_further_action", version).status_code == 302
    assert asks() == []
    assert why in text_of(officer.get(at))
    assert kept in text_of(officer.get(f"/cy{at}"))
    other = officer.get(f"{at}/survey/order_served")
    assert (why in text_of(other), 'name="agreement"' in other.content.decode()) == (True, False)
    assert officer.post(f"{at}/survey/order_served", version).status_code == 409
    at_noon.move_to(NOW + timedelta(days=1))
    later = signed_in_client("victim_officer", username="later")
    assert asks(later) == ["order_served"], "of one stage they are asked once"
    assert why not in text_of(later.get(at))


@pytest.mark.rule("BIL-03")
def test_welsh_that_nobody_approved_asks_for_the_translator(officer: Client, by: Acting, victim: str) -> None:
    agreed(by, victim, BY_LETTER)
    charged(by, victim, NOW)
    at = f"/victims/{victim}/letters/survey/charge_or_no_further_action"
    shown = officer.get(at)
    assert "Os ydych am ateb, gofynnwch i Nia Price am god" in text_of(shown)
    agreement = re.search(r'name="agreement" value="(\d+)"', shown.content.decode())
    assert agreement is not None
    version = {"agreement": agreement.group(1), "review": ""}
    refused = text_of(officer.post(at, version))
    assert "Enter the name of the translator who approved the Welsh" in refused
    assert not VictimLetter.objects.for_system("a test").exists()
    taken = officer.post(at, {**version, "translator": "Elin Rees"})
    assert taken["Content-Type"] == "application/pdf"
    assert "letter" in taken["Content-Disposition"]
    assert victim not in taken["Content-Disposition"]
    assert VictimLetter.objects.for_system("a test").get().translator == "Elin Rees"


def test_one_that_came_back_is_said_and_one_written_by_no_safe_way_is_none(
    officer: Client, by: Acting, victim: str, at_noon: Any
) -> None:
    agreed(by, victim, replace(BY_LETTER, language="en"))
    row = written_of_a_charge(by, victim, NOW, is_taken=True)
    own = f"/victims/{victim}/letters/{row.pk}"
    officer.post(own, {"act": "posted"})
    assert "Choose why it did not reach them" in text_of(officer.post(own, {"act": "back"}))
    officer.post(own, {"act": "back", "why": "refused"})
    assert "refused it" in text_of(officer.get(own))
    night = {"way": "handed", "on_day": "24", "on_month": "11", "on_year": "2026", "at": "03:00"}
    assert officer.post(f"{own}/given", night).status_code == 200, "not safe: said, and not recorded"
    at_noon.shift(timedelta(minutes=1))
    agreed(by, victim, AGREED)
    assert "not a way that they call safe" in text_of(officer.get(f"/victims/{victim}/letters/news/{row.of}"))


@pytest.mark.rule("VIC-05")
@pytest.mark.rule("BIL-01")
@pytest.mark.parametrize("kind", sorted(WRITTEN_OF))
def test_every_kind_of_news_has_its_words_in_both_languages(
    kind: Happening, officer: Client, by: Acting, victim: str
) -> None:
    agreed(by, victim, replace(BY_LETTER, language="en"))
    of = charged(by, victim, NOW, kind)
    english, welsh = letter(by, victim, of), letter(by, victim, of, "cy")
    assert lacks(english, "24 November 2026", "Nia Price", "C-10001", "complain to") == []
    assert lacks(welsh, "24 Tachwedd 2026", "Nia Price", "C-10001", "cwynwch i") == []
    assert not [one for one in ("Dear", "The suspect", "You ", "ring") if one in welsh]
    assert ("ring 999" in english) == (kind in {Happening.ARREST_FOR_BREACH, Happening.BAIL_CONDITIONS_CHANGED,
        Happening.BAIL_ENDED, Happening.CHARGE_FOR_BREACH, *WARNED_OF})  # fmt: skip


def test_she_is_asked_in_a_letter_that_holds_nothing_to_answer_with(officer: Client, by: Acting, victim: str) -> None:
    agreed(by, victim, replace(BY_LETTER, language="en"))
    said = letter(by, victim)
    assert lacks(said, "how safe you feel", "ask Nia Price for a code", "You need not answer") == []
    assert not re.search(r"https?://|/t/|\b[A-Z0-9]{4} [A-Z0-9]{4} [A-Z0-9]{4}\b", said), "no link and no code"
