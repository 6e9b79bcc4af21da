"""Interviews of practice, kept apart from casework: no case, no person, no name; only ever added to (M3, M5, VIC-08)."""

from typing import ClassVar, Final

from django.db import models
from django.db.models import Q

from craffu.access.scoping import ScopedHistory
from craffu.common.fates import Fate, Kept, clock, internal, personal, plain
from craffu.common.fields import EncryptedTextField
from craffu.scrutiny.interviewing.kinds import LANGUAGES, Band, ByWhom, Danger, Done, Post, ReviewQuestion, Whom

REVIEW: Final = Kept.WITH_REVIEW
APART: Final = (
    "It stands with no case and no person: who may read it is asked by its own permissions, and casework never may."
)
RECORDED: Final[dict[str, Fate]] = {
    "id": internal(REVIEW),
    "force": plain(REVIEW),
    "by": plain(REVIEW),
    "known_from": clock(REVIEW),
}


class Recorded(ScopedHistory):
    """A row that a named person recorded."""

    restricted_with = APART

    by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    known_from = models.DateTimeField()

    class Meta:
        abstract = True


class Interview(Recorded):
    """One talk, known by its reference alone. `by` is who asked; `schedule` the version of the questions."""

    reference = models.CharField(max_length=20)
    whom = models.CharField(max_length=10)
    post = models.CharField(max_length=20, blank=True, default="")
    band = models.CharField(max_length=20, blank=True, default="")
    review = models.CharField(max_length=60)
    question = models.CharField(max_length=10)
    language = models.CharField(max_length=2)
    schedule = models.PositiveIntegerField()
    held_at = models.DateTimeField()

    class Meta:
        app_label = "scrutiny"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["force", "reference"], name="scrutiny_interview_reference"),
            models.CheckConstraint(
                condition=Q(
                    whom=Whom.STAFF.value, post__in=[one.value for one in Post], band__in=[one.value for one in Band]
                )
                | Q(whom=Whom.VICTIM.value, post="", band=""),
                name="scrutiny_interview_whom",
            ),
            models.CheckConstraint(
                condition=Q(question__in=[one.value for one in ReviewQuestion]), name="scrutiny_interview_question"
            ),
            models.CheckConstraint(condition=Q(language__in=LANGUAGES), name="scrutiny_interview_language"),
        ]

    class Handling:
        fields: ClassVar = {
            **RECORDED,
            "reference": plain(REVIEW),
            "whom": plain(REVIEW),
            "post": personal(REVIEW),
            "band": personal(REVIEW),
            "review": plain(REVIEW),
            "question": plain(REVIEW),
            "language": personal(REVIEW),
            "schedule": plain(REVIEW),
            "held_at": plain(REVIEW),
        }

    def __str__(self) -> str:
        return self.reference


class Consent(Recorded):
    """What somebody consented to, through whom they said so, and the words that were read to them before.

    The notice of who may come to read a victim's words is kept with it (VIC-11); a member of staff is given none.
    """

    interview = models.ForeignKey(Interview, on_delete=models.PROTECT, related_name="consents")
    uses = models.JSONField(default=list)
    by_whom = models.CharField(max_length=20)
    words_version = models.PositiveIntegerField()
    words_language = models.CharField(max_length=2)
    read_at = models.DateTimeField()
    given_at = models.DateTimeField()
    notice_version = models.PositiveIntegerField(null=True)
    notice_shown_at = models.DateTimeField(null=True)

    class Meta:
        app_label = "scrutiny"
        ordering: ClassVar = ["interview", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(by_whom__in=[one.value for one in ByWhom]), name="scrutiny_consent_by_whom"
            ),
            models.CheckConstraint(condition=Q(read_at__lt=models.F("given_at")), name="scrutiny_consent_read_before"),
            models.CheckConstraint(
                condition=Q(notice_version__isnull=True, notice_shown_at__isnull=True)
                | Q(notice_version__isnull=False, notice_shown_at__lt=models.F("given_at")),
                name="scrutiny_consent_notice_before",
            ),
        ]

    class Handling:
        fields: ClassVar = {
            **RECORDED,
            "interview": plain(REVIEW),
            "uses": plain(REVIEW),
            "by_whom": plain(REVIEW),
            "words_version": plain(REVIEW),
            "words_language": plain(REVIEW),
            "read_at": plain(REVIEW),
            "given_at": plain(REVIEW),
            "notice_version": plain(REVIEW),
            "notice_shown_at": plain(REVIEW),
        }

    def __str__(self) -> str:
        return f"consent to interview {self.interview_id}"


class ConsentWithdrawn(Recorded):
    """They took it back, for these uses, at any time and without a reason."""

    interview = models.ForeignKey(Interview, on_delete=models.PROTECT, related_name="withdrawals")
    uses = models.JSONField(default=list)
    at = models.DateTimeField()

    class Meta:
        app_label = "scrutiny"
        ordering: ClassVar = ["interview", "id"]

    class Handling:
        fields: ClassVar = {**RECORDED, "interview": plain(REVIEW), "uses": plain(REVIEW), "at": plain(REVIEW)}

    def __str__(self) -> str:
        return f"withdrawal from interview {self.interview_id}"


class Answer(Recorded):
    """What they said to one question, in their words; `note` is the interviewer's own. Of several the last counts."""

    interview = models.ForeignKey(Interview, on_delete=models.PROTECT, related_name="answers")
    question = models.CharField(max_length=40)
    words = EncryptedTextField()
    note = EncryptedTextField(blank=True, default="")

    class Meta:
        app_label = "scrutiny"
        ordering: ClassVar = ["interview", "id"]

    class Handling:
        fields: ClassVar = {
            **RECORDED,
            "interview": plain(REVIEW),
            "question": plain(REVIEW),
            "words": personal(REVIEW),
            "note": personal(REVIEW),
        }

    def __str__(self) -> str:
        return f"answer to {self.question} in interview {self.interview_id}"


class Quote(Recorded):
    """A passage of an answer, word for word, that a finding may rest on."""

    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="quotes")
    words = EncryptedTextField()

    class Meta:
        app_label = "scrutiny"
        ordering: ClassVar = ["answer", "id"]

    class Handling:
        fields: ClassVar = {**RECORDED, "answer": plain(REVIEW), "words": personal(REVIEW)}

    def __str__(self) -> str:
        return f"quote of answer {self.answer_id}"


class LiveRisk(Recorded):
    """A danger told of in an interview, or seen in the review of a case, as the force is told of it. It is no answer."""

    reference = models.CharField(max_length=20)
    interview = models.ForeignKey(Interview, on_delete=models.PROTECT, related_name="live_risks", null=True)
    review = models.ForeignKey("scrutiny.CaseReview", on_delete=models.PROTECT, related_name="live_risks", null=True)
    danger = models.CharField(max_length=20)
    told = EncryptedTextField()
    reach = EncryptedTextField()

    class Meta:
        app_label = "scrutiny"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["force", "reference"], name="scrutiny_live_risk_reference"),
            models.CheckConstraint(
                condition=Q(danger__in=[one.value for one in Danger]), name="scrutiny_live_risk_danger"
            ),
            models.CheckConstraint(
                condition=Q(interview__isnull=True, review__isnull=False)
                | Q(interview__isnull=False, review__isnull=True),
                name="scrutiny_live_risk_whence",
            ),
        ]

    class Handling:
        fields: ClassVar = {
            **RECORDED,
            "reference": plain(REVIEW),
            "interview": plain(REVIEW),
            "review": plain(REVIEW),
            "danger": plain(REVIEW),
            "told": personal(REVIEW),
            "reach": personal(REVIEW),
        }

    def __str__(self) -> str:
        return self.reference


class LiveRiskActed(Recorded):
    """What the force did of it, once."""

    risk = models.OneToOneField(LiveRisk, on_delete=models.PROTECT, related_name="acted")
    done = models.CharField(max_length=20)
    words = EncryptedTextField()

    class Meta:
        app_label = "scrutiny"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(done__in=[one.value for one in Done]), name="scrutiny_live_risk_done"),
        ]

    class Handling:
        fields: ClassVar = {**RECORDED, "risk": plain(REVIEW), "done": plain(REVIEW), "words": personal(REVIEW)}

    def __str__(self) -> str:
        return f"act on {self.risk_id}"
