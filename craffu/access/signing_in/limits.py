"""The numbers of the lock-out, from the settings."""

from datetime import timedelta

from django.conf import settings

from craffu.access.rules import Limit, Scope


def limits() -> dict[Scope, Limit]:
    return {scope: Limit.in_seconds(**settings.CRAFFU_SIGN_IN_LIMITS[scope.value]) for scope in Scope}


def forget_after() -> timedelta:
    return timedelta(seconds=settings.CRAFFU_SIGN_IN_FORGET)


def known_for() -> timedelta:
    return timedelta(seconds=settings.CRAFFU_DEVICE_KNOWN_FOR)
