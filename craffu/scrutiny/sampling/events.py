"""What the log says about samples: references of samples and reviews, and never an answer."""

from django.utils.translation import gettext_lazy as _

from craffu.audit.events import Verb, kind

SAMPLES_LISTED = kind("samples_listed", Verb.CONSULTATION, _("List of dip samples looked at"))
SAMPLE_VIEWED = kind("sample_viewed", Verb.CONSULTATION, _("Dip sample looked at"))
SAMPLE_PLANNED = kind("sample_planned", Verb.COLLECTION, _("Dip sample planned"))
SAMPLE_FROZEN = kind("sample_frozen", Verb.COLLECTION, _("Frame of a dip sample frozen"))
SAMPLE_REVIEWERS_NAMED = kind("sample_reviewers_named", Verb.COLLECTION, _("Reviewers of a dip sample named"))
SAMPLE_DRAWN = kind("sample_drawn", Verb.COLLECTION, _("Seed of a dip sample given and its cases drawn"))
SAMPLE_CASE_REPLACED = kind("sample_case_replaced", Verb.ALTERATION, _("Case of a dip sample replaced"))
