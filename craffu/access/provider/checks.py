"""What Django's own checks say of a provider that is half set: `check --deploy` and `craffu check` both ask them."""

from typing import Any

from django.core.checks import CheckMessage, Error

from craffu.access.provider.configuration import faults


def provider_settings(**_: Any) -> list[CheckMessage]:
    return [Error(fault, id="craffu.E026") for fault in faults()]
