"""What the log says about scores: whom the force scores, runs, and whoever reads them."""

from django.utils.translation import gettext_lazy as _

from craffu.audit.events import Verb, kind

POPULATION_DEFINED = kind("population_defined", Verb.ALTERATION, _("Whom the force scores stated anew"))
SCORES_MADE = kind("scores_made", Verb.COLLECTION, _("Scores of the stated population made"))
SCORES_PROVED = kind("scores_proved", Verb.CONSULTATION, _("Scores held against what happened next"))
SCORES_LISTED = kind("scores_listed", Verb.CONSULTATION, _("Review order listed"))
