"""A danger seen in a blind review, as the force reads it: with the case, which its reviewer knows by a number alone (P29)."""

import json
from collections.abc import Callable
from pathlib import Path

from django.test import Client

from craffu.access.acting import Acting
from craffu.scrutiny.interviewing.facts import NewLiveRisk
from craffu.scrutiny.interviewing.kinds import Danger
from craffu.scrutiny.reviewing.actions import refer_from_review
from tests.factories.samples import drawn, reviews_of, some_cases
from tests.web.conftest import Visit, text_of


def test_the_force_is_told_of_which_case(
    system: Acting,
    acting_as: Callable[..., Acting],
    signed_in_client: Callable[..., Client],
    visit: Visit,
    tmp_path: Path,
) -> None:
    officer, analyst = acting_as("scrutiny_officer"), acting_as("analyst")
    reviewers = [acting_as("volunteer_reviewer", username=name) for name in ("ann", "bob")]
    [case] = some_cases(system, tmp_path, 1)
    review = reviews_of(drawn(officer, analyst, reviewers), reviewers[0])[0]
    given = NewLiveRisk(Danger.HARM, "He waits outside tonight", "Ask for ann at the desk")
    risk = refer_from_review(by=reviewers[0], review=review.reference, given=given)
    inspector = signed_in_client("duty_inspector", "investigator", username="inspector")
    page, [logged] = visit(inspector, f"/live-risks/{risk.reference}")
    assert f"Seen in a review of Case {case}" in text_of(page)
    assert "He waits outside tonight" in text_of(page)
    assert json.loads(logged.payload)["refs"] == [f"case/{case}", f"live_risk/{risk.reference}"]
    assert review.reference not in page.content.decode(), "who reviews which case is not the force's to know"
