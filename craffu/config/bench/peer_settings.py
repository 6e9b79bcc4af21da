"""The settings under which the peers of B5 are served: ours, with Django's admin and what it needs, and none of our checks.

Only for a process of its own, because they are changed before Django reads them.
"""

from django.conf import settings

PEERS = "craffu.config.bench.peer_site"
_MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    f"{PEERS}.for_the_force",
]
_TEMPLATES = {
    "BACKEND": "django.template.backends.django.DjangoTemplates",
    "APP_DIRS": True,
    "OPTIONS": {
        "context_processors": [
            "django.template.context_processors.request",
            "django.contrib.auth.context_processors.auth",
            "django.contrib.messages.context_processors.messages",
        ]
    },
}


def apply() -> None:
    settings.ROOT_URLCONF = PEERS
    settings.MIDDLEWARE = _MIDDLEWARE
    settings.INSTALLED_APPS = [*settings.INSTALLED_APPS, "django.contrib.admin"]
    settings.TEMPLATES = [*settings.TEMPLATES, _TEMPLATES]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
