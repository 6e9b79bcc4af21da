"""What the log says about accounts, rights and signing in."""

from django.utils.translation import gettext_lazy as _

from craffu.audit.events import Verb, kind

SIGNED_IN = kind("signed_in", Verb.AUTHENTICATION, _("Signed in"))
SIGNED_OUT = kind("signed_out", Verb.AUTHENTICATION, _("Signed out"))
SIGN_IN_REFUSED = kind("sign_in_refused", Verb.AUTHENTICATION, _("Sign-in refused"))
SIGN_IN_HELD_BACK = kind("sign_in_held_back", Verb.AUTHENTICATION, _("Sign-in held back after failed tries"))
FACTOR_CONFIRMED = kind("factor_confirmed", Verb.AUTHENTICATION, _("Confirmed again who they are"))
FACTOR_REFUSED = kind("factor_refused", Verb.AUTHENTICATION, _("Could not confirm who they are"))
SESSION_ENDED = kind("session_ended", Verb.AUTHENTICATION, _("Session ended"))
SIGNED_OUT_EVERYWHERE = kind("signed_out_everywhere", Verb.AUTHENTICATION, _("Signed out everywhere"))
PASSWORD_CHANGE_REFUSED = kind("password_change_refused", Verb.AUTHENTICATION, _("Change of password refused"))
ACCESS_REFUSED = kind("access_refused", Verb.DENIED, _("Access refused"))
FORCE_SET_UP = kind("force_set_up", Verb.COLLECTION, _("Force set up"))
ACCOUNT_CREATED = kind("account_created", Verb.COLLECTION, _("Account created"))
RIGHT_GIVEN = kind("right_given", Verb.ALTERATION, _("Right given"))
RIGHT_TAKEN = kind("right_taken", Verb.ALTERATION, _("Right taken away"))
ACCOUNT_CLOSED = kind("account_closed", Verb.ALTERATION, _("Account closed"))
PASSWORD_CHANGED = kind("password_changed", Verb.ALTERATION, _("Own password changed"))
TERMS_ACCEPTED = kind("terms_accepted", Verb.COLLECTION, _("Terms of use accepted"))
PASSWORD_SET = kind("password_set", Verb.ALTERATION, _("Password set"))
ACCOUNTS_LISTED = kind("accounts_listed", Verb.CONSULTATION, _("List of accounts viewed"))
TODAY_VIEWED = kind("today_viewed", Verb.CONSULTATION, _("What needs doing today viewed"))
RECORD_RESTRICTED = kind("record_restricted", Verb.ALTERATION, _("Record restricted"))
RESTRICTION_LIFTED = kind("restriction_lifted", Verb.ALTERATION, _("Restriction lifted"))
READER_LET_IN = kind("reader_let_in", Verb.ALTERATION, _("Somebody let into a restricted record"))
READER_SHUT_OUT = kind("reader_shut_out", Verb.ALTERATION, _("Somebody shut out of a restricted record"))
READERS_VIEWED = kind("readers_viewed", Verb.CONSULTATION, _("Who may see a record viewed"))
