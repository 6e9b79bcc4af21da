"""What the log says about scores: whom the force scores, runs, and whoever reads them."""

from django.utils.translation import gettext_lazy as _

from craffu.audit.events import Verb, kind

POPULATION_DEFINED = kind("population_defined", Verb.ALTERATION, _("Whom the force scores stated anew"))
SCHEME_ADOPTED = kind("scheme_adopted", Verb.ALTERATION, _("Scheme by which people are put in order adopted"))
SCORES_MADE = kind("scores_made", Verb.COLLECTION, _("Scores of the stated population made"))
SCORES_PROVED = kind("scores_proved", Verb.CONSULTATION, _("Scores held against what happened next"))
SCORES_LISTED = kind("scores_listed", Verb.CONSULTATION, _("Review order listed"))
SCORES_RENEWED = kind("scores_renewed", Verb.ALTERATION, _("Scores made anew of whom something was recorded of"))
SCORE_VIEWED = kind("score_viewed", Verb.CONSULTATION, _("Why somebody has a priority looked at"))
PRIORITY_STANDS = kind("priority_stands", Verb.ALTERATION, _("An officer looked: a priority stands"))
PRIORITY_OVERRIDDEN = kind("priority_overridden", Verb.ALTERATION, _("Another priority put forward by an officer"))
PRIORITY_AGREED = kind("priority_agreed", Verb.ALTERATION, _("Another priority agreed to by a second person"))
PRIORITY_REFUSED = kind("priority_refused", Verb.ALTERATION, _("Another priority not agreed to"))
SCORE_CHALLENGED = kind("score_challenged", Verb.ALTERATION, _("Score challenged"))
COHORT_ENTERED = kind("cohort_entered", Verb.ALTERATION, _("Somebody brought into the cohort"))
COHORT_REVIEWED = kind("cohort_reviewed", Verb.ALTERATION, _("Member of the cohort looked at again"))
COHORT_LEFT = kind("cohort_left", Verb.ALTERATION, _("Member let out of the cohort"))
CHALLENGE_ANSWERED = kind("challenge_answered", Verb.ALTERATION, _("Challenge of a score answered"))
PLAN_VIEWED = kind("plan_viewed", Verb.CONSULTATION, _("Management plan viewed"))
PLAN_BEGUN = kind("plan_begun", Verb.COLLECTION, _("Management plan begun"))
PLAN_DRAFTED = kind("plan_drafted", Verb.COLLECTION, _("Answers to a management plan kept"))
PLAN_DROPPED = kind("plan_dropped", Verb.ALTERATION, _("Draft of a management plan thrown away"))
PLAN_PUT = kind("plan_put", Verb.COLLECTION, _("Management plan put to a supervisor"))
PLAN_APPROVED = kind("plan_approved", Verb.COLLECTION, _("Management plan approved"))
PLAN_SENT_BACK = kind("plan_sent_back", Verb.ALTERATION, _("Management plan sent back"))
PLAN_ACTION_ADDED = kind("plan_action_added", Verb.COLLECTION, _("Action added to a management plan"))
PLAN_ACTION_CLOSED = kind("plan_action_closed", Verb.COLLECTION, _("Action of a management plan closed"))
PLAN_REVIEWED = kind("plan_reviewed", Verb.COLLECTION, _("Management plan reviewed"))
PLAN_ENDED = kind("plan_ended", Verb.ALTERATION, _("Management plan ended"))
