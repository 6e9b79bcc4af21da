"""Panels of volunteers in pages: none tells a member, or who runs it, a verdict before the panel's; dissent word for word."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client

from craffu.access.acting import Acting
from craffu.access.queries import acting_user
from craffu.audit.models import Event
from tests.factories.samples import judged, some_cases
from tests.logged import refs_said_by
from tests.web.conftest import text_of

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
AT = "/scrutiny/panels"
ONE = f"{AT}/PL-10001"
CASE = f"{ONE}/cases/1"
NEW = {
    "title_en": "Local panel", "title_cy": "Panel lleol", "purpose_en": "Judges closed cases",
    "purpose_cy": "Yn barnu achosion a gaewyd",
}  # fmt: skip
DAY = {"on_day": "1", "on_month": "11", "on_year": "2026"}
WHY = "They were kept safe, and heard of it late."
OF_PANEL = {"verdict": "with_observations", "words": "Safeguarded, and told late"}


@pytest.fixture(autouse=True)
def at_noon() -> Any:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def kept(client: Client, path: str, given: dict[str, str]) -> None:
    answer = client.post(path, given)
    assert answer.status_code == 302, text_of(answer)


def set_up(officer: Client, sample: str) -> None:
    assert "There is no panel." in text_of(officer.get(AT))
    assert officer.post(f"{AT}/new", NEW | {"purpose_cy": " "}).status_code == 200
    kept(officer, f"{AT}/new", NEW)
    nobody = officer.post(f"{ONE}/add/member", {"username": "an", "sits": "yes"} | DAY)
    assert "There is no volunteer of that user name" in text_of(nobody)
    for name in ("ann", "bob", "cai"):
        kept(officer, f"{ONE}/add/member", {"username": name, "sits": "yes"} | DAY)
        for training in ("scrutiny", "stalking", "confidentiality"):
            kept(officer, f"{ONE}/add/training", {"username": name, "training": training} | DAY)
    assert "Stalking and its risks: 1 November 2026, counts until 1 November 2029" in text_of(officer.get(ONE))
    kept(officer, f"{ONE}/add/case", {"sample": sample, "number": "1"})
    none = officer.post(f"{ONE}/add/case", {"sample": "SM-99999", "number": "1"})
    assert "There is nothing of that name or number" in text_of(none)
    again = officer.post(f"{ONE}/add/case", {"sample": sample, "number": "1"})
    assert (again.status_code, "before the panel already" in text_of(again)) == (409, True)


@pytest.mark.django_db
@pytest.mark.postgres_in_deep
def test_a_panel_in_its_pages(signed_in_client: Callable[..., Client], system: Acting, tmp_path: Path) -> None:
    def by(client: Client) -> Acting:
        return acting_user(client.user)  # type: ignore[attr-defined]

    officer, analyst = signed_in_client("scrutiny_officer", username="so"), signed_in_client("analyst", username="an")
    ann, bob, cai, dai = (
        signed_in_client("volunteer_reviewer", username=name) for name in ("ann", "bob", "cai", "dai")
    )
    some_cases(system, tmp_path, 1)
    sample = judged(by(officer), by(analyst), [by(ann), by(bob)]).reference
    set_up(officer, sample)
    assert "as it was known when the frame froze" not in text_of(ann.get(CASE)), (
        "nothing of it before an interest is said"
    )
    for client in (ann, bob, cai):
        assert client.post(f"{CASE}/interest", {}).status_code == 200
        kept(client, f"{CASE}/interest", {"interest": "no"})
        assert client.post(f"{CASE}/interest", {"interest": "no"}).status_code == 409
    told = {"danger": "harm", "told": "He waits outside", "reach": "01632 960001"}
    assert "Nothing was done" not in text_of(ann.post(f"{CASE}/live-risk", {**told, "told": ""}))
    kept(ann, f"{CASE}/live-risk", told)
    for client, reads in ((officer, True), (ann, True), (dai, False)):
        if client is dai:
            kept(officer, f"{ONE}/add/member", {"username": "dai", "sits": "yes"} | DAY)
        assert ("as it was known when the frame froze" in text_of(client.get(CASE))) is reads, "dai is not trained"
    kept(officer, f"{ONE}/add/member", {"username": "dai", "sits": "no"} | DAY)
    kept(ann, f"{CASE}/verdict", {"verdict": "inappropriate", "words": WHY})
    for client in (officer, bob):
        assert WHY not in text_of(client.get(CASE))
    assert WHY in text_of(ann.get(CASE))
    for path, refs in ((AT, {"panel/PL-10001"}), (CASE, {"panel/PL-10001", f"sample/{sample}"})):
        before = Event.objects.count()
        ann.get(path)
        [event] = Event.objects.order_by("id")[before:]
        assert set(refs_said_by(event)) == refs
    assert ann.post(f"{CASE}/verdict", {"verdict": "appropriate", "words": WHY}).status_code == 409
    assert "Not everybody has" in text_of(officer.post(f"{CASE}/verdict", OF_PANEL))
    for client in (bob, cai):
        kept(client, f"{CASE}/verdict", {"verdict": "with_observations", "words": "What was done is in the log."})
    kept(officer, f"{CASE}/verdict", OF_PANEL)
    assert WHY in text_of(bob.get(CASE))
    kept(ann, f"{CASE}/dissent", {"words": "She was “not told” at all."})
    assert ann.post(f"{CASE}/dissent", {"words": "She was not told at all."}).status_code == 409
    assert "She was “not told” at all." in text_of(bob.get(f"/cy{CASE}"))
    assert "Safeguarded, and told late" in text_of(officer.post("/scrutiny/recommendations", {"words": "told late"}))
    for path in (f"{AT}/PL-99999", f"{ONE}/cases/9", f"{ONE}/add/other"):
        assert officer.get(path).status_code == 404
    assert dai.get(ONE).status_code == 404
    assert "There is no panel." in text_of(dai.get(AT))
    assert analyst.get(AT).status_code == 403
