"""Signed answers to the review's question: words, tests and verdicts as they were on the day; none is ever changed (SCR-13)."""

from typing import ClassVar

from django.db import models

from craffu.common.fates import plain
from craffu.scrutiny.models.deep_dives import NAMES_NOBODY
from craffu.scrutiny.models.interviewing import RECORDED, REVIEW, Recorded


class StandingAnswer(Recorded):
    """What somebody signed: the words in both languages, each test with its figures, and the cause of each change."""

    restricted_with = NAMES_NOBODY

    signed_on = models.DateField()
    words_en = models.TextField()
    words_cy = models.TextField()
    snapshot = models.CharField(max_length=80)
    sha256 = models.CharField(max_length=64)
    tests = models.JSONField()
    causes = models.JSONField(default=dict)

    class Meta:
        app_label = "scrutiny"
        ordering: ClassVar = ["id"]

    class Handling:
        fields: ClassVar = {
            **RECORDED,
            "signed_on": plain(REVIEW),
            "words_en": plain(REVIEW),
            "words_cy": plain(REVIEW),
            "snapshot": plain(REVIEW),
            "sha256": plain(REVIEW),
            "tests": plain(REVIEW),
            "causes": plain(REVIEW),
        }

    def __str__(self) -> str:
        return f"answer of {self.signed_on}"
