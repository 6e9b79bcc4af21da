"""The recommendations that come with Craffu: whole, in both languages, each with its source (R1 to R6, SCR-10)."""

import pytest

from craffu.scrutiny.recommending.kinds import Matter
from craffu.scrutiny.recommending.rules import ReportBy
from craffu.scrutiny.recommending.shipping import shipped

pytestmark = pytest.mark.rule("SCR-10")


def test_the_six_of_the_review_and_what_is_confirmed_of_the_super_complaint() -> None:
    assert list(shipped()) == ["review-2023", "super-complaint-2024"]
    review, complaint = shipped().values()
    assert [one.number for one in review.recommendations] == ["1", "2", "3", "4", "5", "6"]
    assert [one.matter for one in review.recommendations] == list(Matter)[:6]
    assert (review.report.by, complaint.report.by) == (ReportBy.COMMISSIONER, ReportBy.SUPER_COMPLAINT)
    assert [one.number for one in complaint.recommendations] == ["7", "10"]


@pytest.mark.parametrize("key", ["review-2023", "super-complaint-2024"])
def test_each_stands_in_both_languages_and_says_whence_and_what_is_missing(key: str) -> None:
    one = shipped()[key]
    assert all((one.report.title_en, one.report.title_cy, one.report.source, one.missing_en, one.missing_cy))
    for recommendation in one.recommendations:
        assert recommendation.text_en != recommendation.text_cy
        assert recommendation.text_cy
        assert recommendation.measure.startswith("MET")
    assert len({recommendation.number for recommendation in one.recommendations}) == len(one.recommendations)
