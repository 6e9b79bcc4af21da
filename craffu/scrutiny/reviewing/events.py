"""What the log says about blind reviews: references, and never what was answered."""

from django.utils.translation import gettext_lazy as _

from craffu.audit.events import Verb, kind

CASE_REVIEWS_LISTED = kind("case_reviews_listed", Verb.CONSULTATION, _("Own reviews of cases looked at"))
CASE_REVIEW_VIEWED = kind("case_review_viewed", Verb.CONSULTATION, _("Case under review looked at by its reviewer"))
AGREEMENT_VIEWED = kind("review_agreement_viewed", Verb.CONSULTATION, _("Agreement of two reviewers looked at"))
INTEREST_DECLARED = kind("review_interest_declared", Verb.COLLECTION, _("Interest in a case under review declared"))
REVIEW_GIVEN_ON = kind("review_given_on", Verb.ALTERATION, _("Case under review given to another reviewer"))
REVIEW_ANSWERED = kind("review_answered", Verb.COLLECTION, _("Answer in a review of a case saved"))
REVIEW_SUBMITTED = kind("review_submitted", Verb.COLLECTION, _("Review of a case submitted"))
REVIEW_IDENTITY_OPENED = kind(
    "review_identity_opened", Verb.CONSULTATION, _("Identity of a case under review looked at, with a reason")
)
REVIEW_ADJUDICATED = kind("review_adjudicated", Verb.COLLECTION, _("Difference between two reviews adjudicated"))
