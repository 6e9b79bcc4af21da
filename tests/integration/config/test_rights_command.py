"""SEC-11: `craffu rights` says what an answer may hold; a suspect’s about himself betrays none of a hundred facts about her."""

import json
import re
from argparse import Namespace
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.db.models import CharField, TextField
from django.test import Client

from craffu.access.acting import Acting
from craffu.access.rights_requests.actions import Step, end_effect, take_step
from craffu.access.rights_requests.kinds import Ending, Kind
from craffu.access.rights_requests.models import RightsRequest
from craffu.access.rights_requests.rules import Checked
from craffu.access.rights_requests.states import RightsStatus
from craffu.audit.models import Event
from craffu.config.cli import NotCarriedOut
from craffu.config.commands import rights
from craffu.daily.own_data.saying import answer_in
from craffu.daily.own_data.searching import NAME, REFERENCE, found_in_answer
from craffu.intake.running import take_in
from craffu.people.queries import find_person, is_called
from tests.factories.erasing import marked
from tests.factories.extracts import row, write
from tests.factories.facts_of_her import HERS, MOVED, planted
from tests.factories.rights_answered import answered
from tests.factories.victims import AGREED

pytestmark = [pytest.mark.rule("SEC-11"), pytest.mark.rule("VIC-09"), pytest.mark.django_db]

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def at_noon() -> Any:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def asked(capsys: pytest.CaptureFixture[str], ref: str, by: str, **other: Any) -> tuple[dict[str, Any], str]:
    """The answer, and all that either form of it says."""
    given = {"action": "access", "received": None, "words": "", "json": True, **other}
    assert rights.run(Namespace(ref=ref, as_user=by, **given)) == 0
    said = capsys.readouterr().out
    answer: dict[str, Any] = json.loads(said)
    assert rights.run(Namespace(ref=answer["request"], as_user=by, **given | {"json": False})) == 0
    return answer, said + capsys.readouterr().out


def kept() -> str:
    """Every text of the register as it is read, in one."""
    found: list[str] = []
    for model in apps.get_models():
        rows = getattr(model.objects, "for_system", lambda _why, model=model: model.objects.all())("a test")
        names = [one.name for one in model._meta.concrete_fields if isinstance(one, CharField | TextField)]
        found += [str(value) for row in rows.values_list(*names) for value in row if value]
    return "\n".join(found)


@pytest.mark.postgres_in_deep
def test_a_suspects_request_about_himself_betrays_none_of_a_hundred_facts_about_her(
    system: Acting,
    acting_as: Callable[..., Acting],
    confirmed: Callable[..., Client],
    signed_in_client: Callable[..., Client],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    told_of = planted(system, acting_as, tmp_path, NOW)
    him, facts = told_of.him, told_of.facts
    assert len(facts) >= 100
    assert len(set(facts.values())) >= 40, "of every kind of record, not many of one"
    everything = kept()
    assert [one for one in facts if one.startswith("plantedfact") and one not in everything] == []
    auditor = acting_as("auditor", username="auditor")
    answer, said = asked(capsys, him, "auditor", received="2026-11-20", words="He wrote a letter")
    number = answer["request"]
    pages = confirmed(signed_in_client("auditor", username="second"))
    shown = said + "".join(
        pages.get(path).content.decode() for path in ("/rights-requests", f"/rights-requests/{number}")
    )
    assert [fact for fact in facts if fact.lower() in shown.lower()] == []

    assert (answer["asks_as"], answer["status"], answer["due"], answer["mark"]) == (
        "suspect", "received", "2026-12-19", "not confirmed",
    )  # fmt: skip
    told = {(one["what"], one.get("value") or one.get("name") or one.get("reference")) for one in answer["included"]}
    assert {("name", "Ms Gethin Prydderch"), ("identifier", "2003/0123456A")} <= told
    assert {ref for what, ref in told if what in ("case", "order")} == {told_of.case, "O-10001"}
    withheld = {(one["what"], one["why"]): one["number"] for one in answer["withheld"]}
    assert withheld[("contact", "protected_about_a_victim")] >= 3, (
        "none is told, lest one that is missing confirms a guess"
    )
    assert withheld[("case", "neither_confirm_nor_deny")] == 1, "nobody has told him of it"
    assert withheld[("order", "neither_confirm_nor_deny")] == 1, "made in his absence, and not served"
    assert withheld[("words_of_an_order", "third_parties")] >= 2
    assert ("words_of_a_case", "third_parties") in withheld
    assert withheld[("breaches", "neither_confirm_nor_deny")] == 2
    person = find_person(auditor, him)
    assert found_in_answer(auditor, person, "\n".join(answer["answer"]["en"])) == {}
    for text, kinds in {
        "She left for Lon\u00a0Facteight.": {"address"},
        "Post to ll99\u200b2zz": {"address"},
        "Ring 07700/900556": {"phone"},
        "mailto:factten@example.org": {"email"},
        "The alarm word was Plantedfact": set(),
        "Ms Facttwo told us": {NAME},
        f"See {told_of.her}": {REFERENCE},
        f"You are {him}, Gethin Prydderch": set(),
    }.items():
        assert set(found_in_answer(auditor, person, text)) == kinds, text
    assert found_in_answer(auditor, None, f"You ring {MOVED['telephone']}") == {"phone": 1}, "whoever asks is not known"
    # Every part stands in the answer of whoever asks, in the same order, whatever is held.
    for language in ("en", "cy"):
        of_nobody = answer_in(language, ())
        nothing = of_nobody[1]
        parts = [line for line in of_nobody if line != nothing]
        assert len(parts) == len(of_nobody) - 8
        assert [line for line in answer["answer"][language] if line in parts] == parts
    # Whoever is told nothing is told the same, and where to complain of it.
    neither, complain = answer["answer"]["en"][-2:]
    assert neither.startswith("We neither confirm nor deny that we hold anything else about you.")
    assert complain == "You may ask the Information Commissioner to look at this answer."
    assert not answer["may_leave"]
    assert "approved_by_nobody" in answer["before_it_leaves"]
    row_of = RightsRequest.objects.get(number=number)
    assert (row_of.person, row_of.words, row_of.whose) == (him, "He wrote a letter", "suspect")
    assert {f"person/{him}", "order/O-10001", f"case/{told_of.case}", f"rights_request/{number}"} <= set(
        json.loads(Event.objects.filter(kind="rights_answer_drafted").order_by("-id")[0].payload)["refs"]
    )

    # Whoever prepared it cannot approve it, and the command says so until somebody else has.
    drafted = "\n".join(answer["answer"]["cy"])
    take_step(by=auditor, number=number, step=Step(RightsStatus.IDENTIFIED, "His passport"), knows=is_called)
    checked = Checked(
        third_parties_redacted=True,
        victim_scan_clean=True,
        neither_confirm_nor_deny_asked=True,
        privileged_included=False,
    )
    take_step(
        by=auditor,
        number=number,
        step=Step(RightsStatus.PREPARED, "Drafted", checked=checked, text=drafted),
        knows=is_called,
    )
    assert asked(capsys, number, "auditor")[0]["before_it_leaves"] == ["approved_by_nobody"]
    take_step(
        by=acting_as("auditor", username="third"),
        number=number,
        step=Step(RightsStatus.APPROVED, text=drafted),
        knows=is_called,
    )
    again = asked(capsys, number, "auditor")[0]
    assert (again["may_leave"], again["prepared_by"]) == (True, "auditor")


@pytest.mark.postgres_in_deep
def test_hers_holds_nothing_of_him_and_a_bad_question_is_told_what_to_do(
    system: Acting, acting_as: Callable[..., Acting], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told_of = planted(system, acting_as, tmp_path, NOW)
    him, her = told_of.him, told_of.her
    auditor = acting_as("auditor", username="auditor")
    acting_as("orders_team", username="team")
    answer, said = asked(capsys, her, "auditor", action="rectify")
    assert (answer["asks_as"], answer["kind"]) == ("victim", "rectification")
    his = [him, "Gethin", "Prydderch", "1979", "2003/0123456A", "O-10001", "900777", "gethin@"]
    assert [one for one in his if one.lower() in said.lower()] == []
    assert "Facttwo" in said
    assert AGREED.safe_word not in said
    for one in ("address", "postcode", "telephone", "email"):
        assert HERS[one] not in said, "whoever asks in her name may be he"
    herself = find_person(auditor, her)
    assert set(found_in_answer(auditor, herself, f"You live at {HERS['address']}")) == {"address"}
    # What no other record than hers says.
    said_alone = {"phone": HERS["telephone"], "email": HERS["email"]}
    assert {one: set(found_in_answer(auditor, herself, f"We write to {said}")) for one, said in said_alone.items()} == {
        one: {one} for one in said_alone
    }
    assert found_in_answer(auditor, herself, "\n".join(answer["answer"]["en"])) == {}
    with pytest.raises(NotCarriedOut, match="no person P-99999"):
        asked(capsys, "P-99999", "auditor")
    with pytest.raises(NotCarriedOut, match="no access request RR-10001"):
        asked(capsys, answer["request"], "auditor")
    with pytest.raises(NotCarriedOut, match="is no day"):
        asked(capsys, him, "auditor", received="yesterday")
    with pytest.raises(NotCarriedOut, match="open to: Auditor"):
        asked(capsys, him, "team")
    with pytest.raises(NotCarriedOut, match="has not come yet"):
        asked(capsys, him, "auditor", received="2026-12-24")


def test_it_says_what_was_decided_what_came_of_it_and_that_it_is_over(
    system: Acting, acting_as: Callable[..., Acting], tmp_path: Path, capsys: pytest.CaptureFixture[str], at_noon: Any
) -> None:
    first, second = (acting_as("auditor", username=name) for name in ("auditor", "other"))
    case, him, _her = marked(system, tmp_path, 1)
    number = answered(first, second, Kind.RESTRICTION, him)
    answer, said = asked(capsys, number, "auditor", action="restrict")
    assert (answer["decided"], answer["use_restricted"], answer["ended"]) == ("agreed", [him], None)
    assert f"decided: agreed\nuse restricted: {him}\n" in said
    end_effect(by=first, number=number, how=Ending.LIFTED, words="They were told")
    answer, said = asked(capsys, number, "auditor", action="restrict")
    assert (answer["decided"], answer["use_restricted"], answer["ended"]) == ("agreed", [], "lifted")
    assert "over: lifted\n" in said
    # What is taken in in parts is known from a moment after its beginning.
    at_noon.shift(timedelta(minutes=1))
    wrong = answered(first, second, Kind.RECTIFICATION, him)
    at_noon.shift(timedelta(hours=1))
    write(tmp_path / "again", "persons.csv", [row("rms", "persons", 11, surname="Putright")])
    assert take_in(by=system, kind="rms", paths=[tmp_path / "again"]).run.rejected == 0
    answer, said = asked(capsys, wrong, "auditor", action="rectify")
    found = [(one["case"], one["received"][:16], (one["newer"] or "")[:16]) for one in answer["to_put_right"]]
    assert found == [("", "2026-11-24T12:00", "2026-11-24T13:01"), (case, "2026-11-24T12:00", "")]
    whose = r", rms, file [0-9a-f]{12} line 2, Chief Constable of Glan Afon Police \(invented\): "
    assert re.search(f"to put right: who they are{whose}2026-11-24T13:01", said)
    assert re.search(f"to put right: a crime in {case}{whose}nothing newer since the answer\n", said)
    nothing = asked(capsys, him, "auditor", action="rectify")[0]
    assert (nothing["decided"], nothing["use_restricted"], nothing["to_put_right"]) == (None, [], [])
