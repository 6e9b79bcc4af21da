"""What the log says about which records are one person: each joining and parting is a combination (SEC-04)."""

from django.utils.translation import gettext_lazy as _

from craffu.audit.events import Verb, kind

MODEL_TRAINED = kind("link_model_trained", Verb.CONSULTATION, _("Model of linking trained"))
PAIRS_SCORED = kind("pairs_scored", Verb.COMBINATION, _("Records compared and linked by the model"))
PAIR_DECIDED = kind("pair_decided", Verb.COMBINATION, _("Two records decided on"))
PAIR_SECOND_OPINION = kind("pair_second_opinion", Verb.COMBINATION, _("Second opinion on two records"))
PERSONS_CHANGED = kind("persons_changed", Verb.COMBINATION, _("Records joined to a person or parted from one"))
PAIR_VIEWED = kind("pair_viewed", Verb.CONSULTATION, _("Two records compared"))
PAIRS_LISTED = kind("pairs_listed", Verb.CONSULTATION, _("Pairs to decide viewed"))
MERGES_VIEWED = kind("merges_viewed", Verb.CONSULTATION, _("What a person is made of viewed"))
