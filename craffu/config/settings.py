"""The one settings file, driven by the environment. A missing value fails with one line that says what to set.

CRAFFU_MODE is `demo` (invented people, default), `test` or `production`.
"""

import os
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP

ROOT = Path(__file__).resolve().parents[2]


def env(name: str, default: str | None = None) -> str:
    value = os.environ.get(name, default)
    if value is None:
        raise ImproperlyConfigured(f"{name} is not set. DEVELOPING.md, section Settings, says what it means.")
    return value


MODE = env("CRAFFU_MODE", "demo")
if MODE not in {"demo", "test", "production"}:
    raise ImproperlyConfigured(f"CRAFFU_MODE is {MODE!r}: use demo, test or production.")
PRODUCTION = MODE == "production"

# Everything a running Craffu keeps lies here, and nothing is written elsewhere.
CRAFFU_HOME = Path(env("CRAFFU_HOME", "var")).resolve()
CRAFFU_KEYS = Path(env("CRAFFU_KEYS", str(CRAFFU_HOME / "keys" / "keyring.json")))
# For how long whoever keeps back-ups keeps each: by then what was erased is in none of them (SEC-09).
try:
    CRAFFU_BACKUPS_KEPT_DAYS = int(env("CRAFFU_BACKUPS_KEPT_DAYS", "35"))
except ValueError as fault:
    raise ImproperlyConfigured("CRAFFU_BACKUPS_KEPT_DAYS is not a number of days, such as 35.") from fault
# Where the signed head of the audit chain is copied: another machine's mount, in production.
CRAFFU_AUDIT_HEADS = Path(env("CRAFFU_AUDIT_HEADS", str(CRAFFU_HOME / "audit-heads")))
# The force this installation belongs to, by its code in `access/reference/forces.csv`.
CRAFFU_FORCE = env("CRAFFU_FORCE", "demo") if not PRODUCTION else env("CRAFFU_FORCE")

DEBUG = False
SECRET_KEY = env("CRAFFU_SECRET_KEY") if PRODUCTION else env("CRAFFU_SECRET_KEY", "craffu-demo-only-" + "0" * 40)
ALLOWED_HOSTS = env("CRAFFU_HOSTS").split(",") if PRODUCTION else ["127.0.0.1", "localhost", "[::1]", "testserver"]

# Our packages that have tables, the lowest first: none knows those after it (an architecture test).
CRAFFU_PACKAGES = [
    "craffu.common",
    "craffu.outbox",
    "craffu.messages",
    "craffu.audit",
    "craffu.access",
    "craffu.work",
    "craffu.resourcing",
    "craffu.published",
    "craffu.people",
    "craffu.linkage",
    "craffu.cases",
    "craffu.victims",
    "craffu.orders",
    "craffu.breaches",
    "craffu.prevention",
    "craffu.intake",
    "craffu.scrutiny",
    "craffu.web",
]
INSTALLED_APPS = [
    *CRAFFU_PACKAGES,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_tasks_db",
]
# What answers from the lower packages alone loads nothing above them, nor what pages and jobs need: loading takes longer than
# many an answer. The command says how far up it goes (CRAFFU_UP_TO is its own, and nobody sets it).
if _UP_TO := os.environ.get("CRAFFU_UP_TO", ""):
    INSTALLED_APPS = CRAFFU_PACKAGES[: CRAFFU_PACKAGES.index(f"craffu.{_UP_TO}") + 1]

MIDDLEWARE = [
    "craffu.web.middleware.RequestIdMiddleware",
    "craffu.web.safe.hosts.SafeHostMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "craffu.web.access.middleware.TokenMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "craffu.web.access.middleware.SessionMiddleware",
    "craffu.web.access.middleware.SignInRequiredMiddleware",
    "craffu.web.middleware.ActingMiddleware",
    "craffu.web.access.middleware.PaceMiddleware",
    "craffu.web.middleware.FollowMiddleware",
    "craffu.web.access.middleware.FactorMiddleware",
    "craffu.web.access.middleware.TermsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "craffu.web.middleware.NoStoreMiddleware",
    "craffu.web.middleware.RefusalMiddleware",
    "craffu.web.access.middleware.StepUpMiddleware",
]

ROOT_URLCONF = "craffu.config.urls"
WSGI_APPLICATION = "craffu.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [ROOT / "craffu" / "web" / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "craffu.web.jinja.environment",
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "craffu.web.context.page_frame",
            ],
        },
    },
]

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Pages and jobs reach the database by the first address; what needs the tables' owner, such as `craffu migrate`, by the
# second, where there is one. The command says which (CRAFFU_AS_OWNER is its own, and nobody sets it).
_APPLICATION = env("DATABASE_URL", f"sqlite:///{CRAFFU_HOME / 'craffu.sqlite3'}")
_OWNER = env("CRAFFU_OWNER_DATABASE_URL", "")
_AS_OWNER = bool(_OWNER and os.environ.get("CRAFFU_AS_OWNER"))
DATABASES = {"default": dj_database_url.parse(_OWNER if _AS_OWNER else _APPLICATION)}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # FULL, because NORMAL may lose acknowledged commits when the power fails; IMMEDIATE, because a deferred
    # transaction that reads, then writes, can fail half way with "database is locked".
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        # 32 MB of pages, so that a batch of rows is not written twice.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=5000; PRAGMA cache_size=-32768;",
    }
else:
    # Every transaction says for which force it works, and the database shows it nothing else (SEC-01; ADR 20).
    DATABASES["default"]["ENGINE"] = "craffu.common.postgresql"
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# A connection that has just been opened knows none of the database's pages.
DATABASES["default"]["CONN_MAX_AGE"] = 60

# PostgreSQL: the role that pages are served under, where it is not the one that owns the tables. `craffu migrate`, run by
# the owner, gives it what it needs and no more, and `craffu check` says when it could do more (SEC-05).
CRAFFU_DATABASE_ROLE = env("CRAFFU_DATABASE_ROLE", (urlsplit(_APPLICATION).username or "") if _OWNER else "")

AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["craffu.access.signing_in.backend.AccountBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "craffu.access.signing_in.passwords.TrimmedCommonValidator"},
    {"NAME": "craffu.access.signing_in.passwords.OwnWordsValidator"},
]
# A register of approved Welsh that the force keeps itself, instead of the one of this release (BIL-03).
CRAFFU_WELSH_APPROVED = env("CRAFFU_WELSH_APPROVED", "")
# How many tries, within how many seconds, and how long the first and the longest wait is (T15; access/rules.py).
# A pair is one account from one place; an account counts the different places that tried it, an address its tries.
CRAFFU_SIGN_IN_LIMITS = {
    "pair": {"most": 5, "within": 60, "first_wait": 60, "longest_wait": 3600},
    "account": {"most": 10, "within": 600, "first_wait": 30, "longest_wait": 300},
    "address": {"most": 30, "within": 600, "first_wait": 30, "longest_wait": 300},
    "page": {"most": 30, "within": 600, "first_wait": 30, "longest_wait": 300},
}
# After so many quiet seconds the next wait is a first one again.
CRAFFU_SIGN_IN_FORGET = 24 * 3600
# How long a device or a network is known after its last sign-in, in seconds.
CRAFFU_DEVICE_KNOWN_FOR = 180 * 24 * 3600
# The force's own identity provider (OpenID Connect; ADR 26). Without an issuer people sign in with passwords of ours alone.
# `acr` and `amr` list, with commas, the values of those claims that mean a second factor; `skew` is in seconds.
CRAFFU_OIDC = {
    "issuer": env("CRAFFU_OIDC_ISSUER", ""),
    "client_id": env("CRAFFU_OIDC_CLIENT_ID", ""),
    "client_secret": env("CRAFFU_OIDC_CLIENT_SECRET", ""),
    "client_secret_file": env("CRAFFU_OIDC_CLIENT_SECRET_FILE", ""),
    "name": env("CRAFFU_OIDC_NAME", ""),
    "scope": env("CRAFFU_OIDC_SCOPE", "openid profile"),
    "username_claim": env("CRAFFU_OIDC_USERNAME_CLAIM", "preferred_username"),
    "username_domain": env("CRAFFU_OIDC_USERNAME_DOMAIN", ""),
    "acr": env("CRAFFU_OIDC_ACR", ""),
    "amr": env("CRAFFU_OIDC_AMR", "mfa"),
    "skew": env("CRAFFU_OIDC_SKEW", "60"),
}
# The one account that may still sign in with a password of ours, for a day without the provider; empty for everybody.
CRAFFU_LOCAL_SIGN_IN = env("CRAFFU_LOCAL_SIGN_IN", "")
# The telephone of whoever coordinates stalking cases on duty, as officers at a door are shown it; none, and nothing is shown.
CRAFFU_DUTY_NUMBER = env("CRAFFU_DUTY_NUMBER", "")
# The safe page (page map, P20). Its host has a name that says nothing of police, and serves nothing else; none, and it lies under
# /t/ of this one, for trying it out. `exit` is where Exit this page leads, `number` whom somebody rings whose code does not work,
# `helplines` are names and numbers, set apart by semicolons, and `runs` who runs the page.
CRAFFU_SAFE_HOST = env("CRAFFU_SAFE_HOST", "")
CRAFFU_SAFE_PAGE = {
    "exit": env("CRAFFU_SAFE_EXIT", "https://www.bbc.co.uk/weather"),
    "number": env("CRAFFU_SAFE_NUMBER", ""),
    "helplines": env("CRAFFU_SAFE_HELPLINES", ""),
    "runs": env("CRAFFU_SAFE_RUNS", ""),
    "address": env("CRAFFU_SAFE_ADDRESS", f"https://{CRAFFU_SAFE_HOST}" if CRAFFU_SAFE_HOST else ""),
}
# Who carries text messages and e-mails: `folder` leaves each as a file for the force's own gateway, `notify` hands it to
# GOV.UK Notify.
CRAFFU_MESSAGES = env("CRAFFU_MESSAGES", "folder")
if CRAFFU_MESSAGES not in {"folder", "notify"}:
    raise ImproperlyConfigured(f"CRAFFU_MESSAGES is {CRAFFU_MESSAGES!r}: use folder or notify.")
CRAFFU_NOTIFY = {
    "url": env("CRAFFU_NOTIFY_URL", "https://api.notifications.service.gov.uk"),
    "key": env("CRAFFU_NOTIFY_KEY") if CRAFFU_MESSAGES == "notify" else "",
    "text_template": env("CRAFFU_NOTIFY_TEXT_TEMPLATE") if CRAFFU_MESSAGES == "notify" else "",
    "email_template": env("CRAFFU_NOTIFY_EMAIL_TEMPLATE") if CRAFFU_MESSAGES == "notify" else "",
}
# Receivers of webhooks (ADR 94): networks of one's own in which one may lie, such as 10.20.0.0/16; none, and only public
# addresses are told. The force's own authority that vouches for their certificates, as a file; none, and the public ones do.
CRAFFU_WEBHOOK_NETWORKS = env("CRAFFU_WEBHOOK_NETWORKS", "")
CRAFFU_WEBHOOK_CA = env("CRAFFU_WEBHOOK_CA", "")
try:
    _ = [ip_network(one.strip()) for one in CRAFFU_WEBHOOK_NETWORKS.split(",") if one.strip()]
except ValueError as fault:
    raise ImproperlyConfigured(f"CRAFFU_WEBHOOK_NETWORKS: {fault}. Give networks such as 10.20.0.0/16.") from fault
ALLOWED_HOSTS += [CRAFFU_SAFE_HOST] if CRAFFU_SAFE_HOST else []
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign_in"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("cy", "Cymraeg")]
LOCALE_PATHS = [ROOT / "craffu" / "locale"]
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True

# The design system's own CSS refers to /assets/..., so that is where static files are served.
STATIC_URL = "/assets/"
STATIC_ROOT = ROOT / "build" / "static"
STATICFILES_DIRS = [ROOT / "build" / "assets", ROOT / "craffu" / "web" / "static"]
STATICFILES_BACKEND = (
    "django.contrib.staticfiles.storage.StaticFilesStorage" if MODE == "test" else "craffu.web.storage.AssetStorage"
)
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": CRAFFU_HOME / "uploads"},
    },
    "staticfiles": {"BACKEND": STATICFILES_BACKEND},
}
# No other site is offered a file of ours.
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_USE_FINDERS = MODE == "test"
# A test's client would look through all static files before its first page.
WHITENOISE_AUTOREFRESH = MODE == "test"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF],
    "font-src": [CSP.NONE],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "object-src": [CSP.NONE],
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SESSION_ENGINE = "craffu.access.sessions.store"
# In production no other host can set or read a cookie of ours, and none goes without TLS: browsers hold the prefix to that.
CRAFFU_COOKIE_PREFIX = "__Host-" if PRODUCTION else ""
SESSION_COOKIE_NAME = f"{CRAFFU_COOKIE_PREFIX}sessionid"
CSRF_COOKIE_NAME = f"{CRAFFU_COOKIE_PREFIX}csrftoken"
MESSAGE_STORAGE = "craffu.web.storage.DoneStorage"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
# A session is over after so long without use, and after so long altogether, whatever its user does (T16).
CRAFFU_SESSION_IDLE = 15 * 60
CRAFFU_SESSION_LONGEST = 10 * 3600
# How often a minute one person, or one program, may ask each process; 0 for as often as they like, outside production.
try:
    CRAFFU_PACE = int(env("CRAFFU_PACE", "300" if PRODUCTION else "0"))
except ValueError as fault:
    raise ImproperlyConfigured("CRAFFU_PACE is not a number of questions a minute, such as 300.") from fault
if PRODUCTION and CRAFFU_PACE < 1:
    raise ImproperlyConfigured("CRAFFU_PACE is less than 1: say how often a minute one person may ask, such as 300.")
# Exports, erasure and break-glass ask for a second factor proved no longer ago than this, in seconds (T17).
CRAFFU_FACTOR_FRESH = 5 * 60
# How long somebody whose password was right has for the second step, in seconds.
CRAFFU_SECOND_STEP_WITHIN = 10 * 60
# Whether nobody may use Craffu without a second factor. Without, a password alone counts for who has none.
CRAFFU_FACTOR_REQUIRED = PRODUCTION or env("CRAFFU_FACTOR_REQUIRED", "") == "1"
# What the session holds outlasts it a little, so that the log and the sign-in page can say why it is over.
SESSION_COOKIE_AGE = CRAFFU_SESSION_LONGEST + 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_FAILURE_VIEW = "craffu.web.errors.csrf_failure"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SECURE_SSL_REDIRECT = PRODUCTION
# A browser is led to TLS. A program is refused: one that is led on sends its secret in the clear each time, and nobody sees it.
SECURE_REDIRECT_EXEMPT = [r"^api/"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
# Behind a proxy every request comes from the proxy: who it was is the last address of the header that the proxy writes.
CRAFFU_BEHIND_PROXY = os.environ.get("CRAFFU_TLS_PROXY") == "1"
if PRODUCTION and CRAFFU_BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
# Larger uploads pass through a folder of ours, which `craffu migrate` makes, and not the machine's own.
CRAFFU_INCOMING = CRAFFU_HOME / "incoming"
FILE_UPLOAD_TEMP_DIR = CRAFFU_INCOMING if CRAFFU_INCOMING.is_dir() else None
FILE_UPLOAD_PERMISSIONS = 0o600

# A log line names references and codes, never a person: request bodies, query strings, SQL and what a fault says are not logged.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "craffu.common.log_lines.LineFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
