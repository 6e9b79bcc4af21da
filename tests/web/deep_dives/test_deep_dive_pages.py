"""A deep dive in pages, in one sitting: from its question to the report that anybody reads, in both languages (P31, P32, P34)."""

import io
import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
import time_machine as time_travel
from django.test import Client
from django.utils import translation
from openpyxl import load_workbook

from craffu.access.acting import Acting
from craffu.access.queries import acting_user
from craffu.clocks.london import LONDON
from craffu.scrutiny.models import DiveStep, Recommendation
from craffu.web.deep_dives.words import asked_of
from tests.factories.deep_dives import begun, crimes_published
from tests.factories.interviews import answered
from tests.factories.kept_figures import kept_of
from tests.web.conftest import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.rule("SCR-09")]

AT = "/scrutiny/deep-dives"
NOON = datetime(2026, 11, 24, 12, tzinfo=LONDON)
NEW = {
    "title_en": "Managing those who stalk", "title_cy": "Rheoli’r rhai sy’n stelcio",
    "question_en": "Are perpetrators effectively managed?", "question_cy": "A yw cyflawnwyr yn cael eu rheoli’n effeithiol?",
    "terms_en": "Orders and victims in the year", "terms_cy": "Gorchmynion a dioddefwyr yn y flwyddyn",
}  # fmt: skip
CLAIM = {
    "text_en": "In the year 10,199 crimes were recorded.", "text_cy": "Yn y flwyddyn cofnodwyd 10,199 o droseddau.",
    "kind": "count", "evidence": "1",
}  # fmt: skip
# Of our own: its small counts are told to nobody, nor in the words of a claim.
OURS = {
    "text_en": "In four of ten it was not decided.", "text_cy": "Mewn pedwar o ddeg ni phenderfynwyd.", "kind": "rate",
    "evidence": "2",
}  # fmt: skip
CAUSE = {"cause_en": "The Chief Constable’s priority", "cause_cy": "Blaenoriaeth y Prif Gwnstabl"}


@pytest.fixture(autouse=True)
def at_noon(frozen_clock: time_travel.Traveller) -> None:
    frozen_clock.move_to(NOON)


def day(name: str, on: date) -> dict[str, str]:
    return {f"{name}_day": str(on.day), f"{name}_month": str(on.month), f"{name}_year": str(on.year)}


def seen_in(page: str) -> str:
    found = re.search(r'name="seen" value="([0-9a-f]{64})"', page)
    assert found
    return found[1]


def kept(client: Client, path: str, given: dict[str, Any]) -> str:
    answer = client.post(path, given)
    assert answer.status_code == 302, text_of(answer)
    assert "sign-in" not in answer["Location"]
    return str(answer["Location"])


def version_on(page: Any) -> str:
    return str(page.content.decode().partition('name="version" value="')[2].partition('"')[0])


def mended(client: Client, path: str, given: dict[str, Any]) -> str:
    """Kept under its number, from the words that stand."""
    return kept(client, path, given | {"version": version_on(client.get(path))})


def workspace(officer: Client, system: Acting) -> str:
    """A deep dive with plan, people, a published figure, a measure and a finding, each given in its form."""
    crimes_published(system)
    kept_of(acting_user(officer.user), NOON, {"MET16": (6, 40), "MET25": (40, 104)})  # type: ignore[attr-defined]
    assert "No deep dive has been opened." in text_of(officer.get(AT))
    days = day("first", date(2021, 4, 1)) | day("last", date(2022, 3, 31))
    backwards = NEW | day("first", date(2023, 4, 1)) | day("last", date(2022, 3, 31))
    assert "The last day lies before the first." in text_of(officer.post(f"{AT}/new", backwards))
    at = kept(officer, f"{AT}/new", NEW | days)
    planned = {"method": "profiles", "words": "Published figures", "is_done": "yes", **day("due_on", NOON.date())}
    kept(officer, f"{at}/add/plan", planned)
    person = {"username": "so", "part": "Leads it", "has_interest": "no"}
    kept(officer, f"{at}/add/person", person)
    assert "nothing of that name" in text_of(officer.post(f"{at}/add/person", person | {"username": "nobody"}))
    published = {
        "title_en": "Stalking and harassment", "title_cy": "Stelcio ac aflonyddu", "force": "63", "period": "2022-03 year ending",
        "figure": "recorded-crime-rolling|Stalking and harassment",
    }  # fmt: skip
    assert "Write the period as" in text_of(officer.post(f"{at}/evidence/published", published | {"period": "lately"}))
    kept(officer, f"{at}/evidence/published", published)
    measure = {"title_en": "Reviews", "title_cy": "Adolygiadau", "measure": "MET25:unreviewed", "year": "now"}
    kept(officer, f"{at}/evidence/measure", measure)
    finding = {"serves": "q3", "text_en": "Recorded crime rose.", "text_cy": "Cynyddodd troseddau a gofnodwyd."}
    kept(officer, f"{at}/add/finding", finding)
    return at


@pytest.mark.rule("MSR-07")
def test_the_reviews_own_slip_and_a_small_count_are_caught_before_anything_goes_out(
    signed_in_client: Callable[..., Client], system: Acting
) -> None:
    officer = signed_in_client("scrutiny_officer", username="so")
    at = workspace(officer, system)
    kept(officer, f"{at}/findings/1/claims/0", CLAIM | CAUSE | day("cause_on", date(2022, 4, 1)))
    page = text_of(officer.get(f"{at}/findings/1"))
    assert "Contradicted" in page
    slip = "What is given as the cause began after the days that it is to explain: The Chief Constable’s priority, 1 April 2022"
    assert slip in page
    report = officer.get(f"{at}/report")
    assert "Mend or withdraw these claims before it goes out: 1" in text_of(report)
    refused = officer.post(f"{at}/report/send", {"seen": seen_in(report.content.decode())})
    assert (refused.status_code, "These claims do not hold: 1." in text_of(refused)) == (409, True)
    assert "Of a cause give the words" in text_of(officer.post(f"{at}/findings/1/claims/1", CLAIM | CAUSE))
    mended(officer, f"{at}/findings/1/claims/1", CLAIM | {"is_withdrawn": "stands"})
    kept(officer, f"{at}/findings/1/claims/0", OURS | {"text_en": "In 64 of 104 it was decided."})
    assert "It tells a count that the public is not told" in text_of(officer.get(f"{at}/findings/1"))
    mended(officer, f"{at}/findings/1/claims/2", OURS | {"is_withdrawn": "stands"})
    report = officer.get(f"{at}/report").content.decode()
    assert "40 of 105" in report
    assert "38.1%; 40 of 105; 95% interval 29.4% to 47.6%" in report, (
        "worked out from what is shown, and from nothing else"
    )
    assert 'class="craffu-share__part" width="38.1"' in report
    assert "104" not in report, "it is told as anybody may read it"


@pytest.mark.rule("SCR-12")
def test_from_a_question_to_a_published_report(
    signed_in_client: Callable[..., Client], system: Acting, client: Client
) -> None:
    officer = signed_in_client("scrutiny_officer", username="so")
    at = workspace(officer, system)
    for given in (CLAIM, OURS):
        kept(officer, f"{at}/findings/1/claims/0", given)
    recommended = {"matter": "data", "text_en": "Count orders once.", "text_cy": "Cyfrif gorchmynion unwaith."}
    kept(officer, f"{at}/add/recommendation", recommended)
    report = officer.get(f"{at}/report").content.decode()
    assert CLAIM["text_en"] in report
    assert CLAIM["text_cy"] in officer.get(f"/cy{at}/report").content.decode()
    assert officer.post(f"{at}/report/send", {"seen": "0" * 64}).status_code == 409
    kept(officer, f"{at}/report/send", {"seen": seen_in(report)})
    commissioner = signed_in_client("commissioner_view", username="pcc")
    assert CLAIM["text_en"] in text_of(commissioner.get(f"{at}/report"))
    assert commissioner.get(at).status_code == 403
    assert client.get(f"/reports/{at[-8:]}").status_code == 404
    reply = {
        "post": "Deputy Chief Constable", "words": "The Force thanks the office for its draft.",
        "corrections": "It is of the sub-group", **day("on", NOON.date()),
    }  # fmt: skip
    kept(officer, f"{at}/report/reply", reply)
    assert "Answer correction 1" in text_of(officer.get(f"{at}/report"))
    declined = {"is_taken": "no", "reason": ""}
    assert "Say why it is declined in English and in Welsh" in text_of(
        officer.post(f"{at}/report/corrections/1", declined)
    )
    kept(
        officer,
        f"{at}/report/corrections/1",
        {"is_taken": "no", "reason": "The title of the table says so", "reason_cy": "Mae teitl y tabl yn dweud hynny"},
    )
    seen = seen_in(officer.get(f"{at}/report").content.decode())
    assert officer.post(f"{at}/report.pdf", {"seen": seen}).content[:5] == b"%PDF-"
    word = officer.post(f"{at}/report.pdf", {"seen": seen, "as": "word"})
    assert word.headers["Content-Disposition"].endswith('.docx"')
    assert word.content[:2] == b"PK"
    pack = officer.post(f"{at}/report.pdf", {"seen": seen, "as": "data"})
    book = load_workbook(io.BytesIO(pack.content))
    assert book.sheetnames[-1].startswith("Every claim and its source")
    assert "recorded-crime-rolling:Stalking and harassment" in {
        cell for row in book.worksheets[-1].values for cell in row
    }
    kept(officer, f"{at}/report/publish", {"seen": seen})
    shown = text_of(client.get(f"/reports/{at[-8:]}"))
    for words in (
        "The Force thanks the office for its draft.", "The title of the table says so", "Count orders once.",
        "Published on 24 November 2026", "recorded-crime-rolling:Stalking and harassment",
    ):  # fmt: skip
        assert words in shown
    welsh = client.get(f"/cy/reports/{at[-8:]}").content.decode()
    assert "Cyfrif gorchmynion unwaith." in welsh
    assert "Mae teitl y tabl yn dweud hynny" in welsh
    for number in ("1", "2", "R1"):
        assert f'id="claim-{number}"' in welsh
    pdf = client.get(f"/reports/{at[-8:]}.pdf")
    assert (pdf["Content-Type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")
    assert "Managing those who stalk" in text_of(client.get("/reports"))
    assert Recommendation.objects.for_system("a test").filter(report__title_en=NEW["title_en"]).count() == 1
    assert DiveStep.objects.for_system("a test").count() == 4


def test_words_of_an_interview_are_attached_by_consent(signed_in_client: Callable[..., Client], system: Acting) -> None:
    officer = signed_in_client("scrutiny_officer", username="so")
    by = acting_user(officer.user)  # type: ignore[attr-defined]
    at = f"{AT}/{begun(by, system).reference}"
    answered(by)
    page = officer.get(f"{at}/evidence/quote").content.decode()
    # Words have no figure, and none is promised of them.
    assert "figure is worked out now" not in page
    assert "figure is worked out now" in officer.get(f"{at}/evidence/measure").content.decode()
    person = officer.get(f"/cy{at}/add/person").content.decode()
    assert re.findall(r'govuk-radios__label"[^>]*>\s*([^<]+?)\s*<', person) == ["Nac oes", "Oes"]
    assert "Which passage?" in page
    for what, given in (
        ("document", {"where": "Board, 3 May 2022, item 4"}),
        ("earlier", {"recommendation": "RC-99999"}),
        ("sample", {"sample": "SM-99999", "question": "DS-C9"}),
    ):
        answer = officer.post(f"{at}/evidence/{what}", given | {"title_en": "Minutes", "title_cy": "Cofnodion"})
        assert answer.status_code == (302 if what == "document" else 200)
    assert "Board, 3 May 2022, item 4" in text_of(officer.get(at))
    for path in ("/add/other", "/evidence/other", "/findings/9", "/findings/9/claims/0", "/findings/1/claims/9"):
        assert officer.get(f"{at}{path}").status_code == 404
    assert officer.get(f"{AT}/DD-99999").status_code == 404
    assert officer.get(f"{AT}/DD-99999/report").status_code == 404
    assert signed_in_client("supervisor", username="su").get(f"{at}/report").status_code == 403


@pytest.mark.rule("SCR-13")
def test_the_standing_answer_is_read_and_signed(signed_in_client: Callable[..., Client]) -> None:
    at = "/scrutiny/standing-answer"
    officer = signed_in_client("scrutiny_officer", username="so")
    by = acting_user(officer.user)  # type: ignore[attr-defined]
    assert "There are no figures yet." in text_of(officer.get(at))
    assert officer.get(f"{at}/sign").status_code == 302
    kept_of(by, NOON, {"MET14": (45, 100), "MET15": (89, 100), "MET02": (9, 9)})
    page = text_of(officer.get(at))
    assert "Tests met: 0. Not met: 2. Too few cases: 9." in page
    assert "45 of 100 (45.0%)" in page
    assert "One case more or fewer would turn it." in page
    given = {"words_en": "In some cases, but not consistently.", "words_cy": "Mewn rhai achosion, ond nid yn gyson."}
    assert "Read them again" in text_of(officer.post(f"{at}/sign", given | {"seen": "other"}))
    assert (
        officer.post(f"{at}/sign", given | {"seen": seen_in(officer.get(f"{at}/sign").content.decode())}).status_code
        == 302
    )
    kept_of(by, NOON, {"MET14": (45, 100), "MET15": (95, 100), "MET02": (9, 9)})
    reader = signed_in_client("commissioner_view", username="pcc")
    page = text_of(reader.get(f"/cy{at}"))
    assert "Mewn rhai achosion, ond nid yn gyson." in page
    assert reader.get(f"{at}/sign").status_code == 403
    assert "MET15" in text_of(officer.get(f"{at}/sign"))
    seen = seen_in(officer.get(f"{at}/sign").content.decode())
    without = officer.post(f"{at}/sign", given | {"seen": seen})
    assert "Say why it turned" in text_of(without)
    cause = {"cause_0": "Reviews have had an owner since October"}
    assert officer.post(f"{at}/sign", given | cause | {"seen": seen}).status_code == 302
    assert "Reviews have had an owner since October" in text_of(officer.get(at))


@pytest.mark.parametrize(
    ("kept", "english", "welsh"),
    [
        ("frame SM-10001", "Frame SM-10001", "Ffrâm SM-10001"),
        ("invitation 12", "Invitation 12", "Gwahoddiad 12"),
        ("2026-11-24-1200", "2026-11-24-1200", "2026-11-24-1200"),
        ("frame", "frame", "frame"),
    ],
)
def test_what_evidence_was_asked_of_is_said_in_the_readers_language(kept: str, english: str, welsh: str) -> None:
    assert asked_of(kept) == english
    with translation.override("cy"):
        assert asked_of(kept) == welsh


def test_T30_of_two_who_mend_the_same_words_the_second_sees_both(
    signed_in_client: Callable[..., Client], system: Acting
) -> None:
    first, second = (signed_in_client("scrutiny_officer", username=name) for name in ("so", "so2"))
    at = workspace(first, system)
    kept(first, f"{at}/findings/1/claims/0", CLAIM | CAUSE | day("cause_on", date(2021, 4, 1)))
    recommended = {"matter": "data", "text_en": "Count orders once.", "text_cy": "Cyfrif gorchmynion unwaith."}
    kept(first, f"{at}/add/recommendation", recommended)
    finding = {"serves": "q3", "text_cy": "Cynyddodd.", "is_withdrawn": "stands"}
    for path, given, theirs, yours in (
        (f"{at}/findings/1", finding, "Recorded crime rose, and fear with it.", "Recorded crime rose slightly."),
        (
            f"{at}/findings/1/claims/1", CLAIM | {"is_withdrawn": "stands"}, "In that year 10,199 crimes were recorded.",
            "There were 10,199 crimes in the year.",
        ),
        (f"{at}/add/recommendation", recommended | {"number": "1"}, "Count every order once.", "Count orders well."),
    ):  # fmt: skip
        seen = {"version": version_on(second.get(path))}
        mended(first, path, given | {"text_en": theirs})
        clash = second.post(path, given | seen | {"text_en": yours})
        assert clash.status_code == 409
        page = text_of(clash)
        for words in ("Somebody else changed this", "The two versions", theirs, yours, "What you gave is kept."):
            assert words in page, words
        kept(second, path, given | {"text_en": yours, "version": version_on(clash)})
        if "findings" in path:
            page = text_of(first.get(path))
            assert "Every word of it, the last first" in page
            assert theirs in page
            assert yours in page


def test_whoever_writes_a_finding_that_somebody_else_withdraws_loses_nothing(
    signed_in_client: Callable[..., Client], system: Acting
) -> None:
    first, second = (signed_in_client("scrutiny_officer", username=name) for name in ("so", "so2"))
    path = f"{workspace(first, system)}/findings/1"
    finding = {"serves": "q3", "text_en": "Recorded crime rose.", "text_cy": "Cynyddodd."}
    seen = {"version": version_on(second.get(path))}
    mended(first, path, finding | {"is_withdrawn": "withdrawn"})
    clash = second.post(path, finding | seen | {"text_en": "Recorded crime rose slightly.", "is_withdrawn": "stands"})
    assert clash.status_code == 409
    assert "Recorded crime rose slightly." in text_of(clash)
    assert first.get(path).status_code == 404
