"""What the log says about champions, posts and what is stated of them."""

from django.utils.translation import gettext_lazy as _

from craffu.audit.events import Verb, kind

CHAMPIONS_VIEWED = kind("champions_viewed", Verb.CONSULTATION, _("Stalking Champions and coverage viewed"))
POSTS_VIEWED = kind("posts_viewed", Verb.CONSULTATION, _("Posts and caseload viewed"))
PRACTICE_VIEWED = kind("practice_viewed", Verb.CONSULTATION, _("Practice before and after training viewed"))
PROGRAMME_VIEWED = kind("programme_viewed", Verb.CONSULTATION, _("Versions of the champions’ programme viewed"))
VERSION_ACCEPTED = kind(
    "programme_version_accepted", Verb.COLLECTION, _("Version of the champions’ programme accepted")
)
VERSION_WITHDRAWN = kind(
    "programme_version_withdrawn", Verb.ALTERATION, _("Version of the champions’ programme withdrawn")
)
AIM_DECIDED = kind("learning_aim_decided", Verb.COLLECTION, _("Whether a learning aim is taught decided"))
CAPACITY_STATED = kind("capacity_stated", Verb.COLLECTION, _("How much work a post carries stated"))
TIME_STATED = kind("time_stated", Verb.COLLECTION, _("How long due work takes stated"))
RECRUITING_STEP_SAID = kind("recruiting_step_said", Verb.COLLECTION, _("Step of recruitment to a post stated"))
