"""What is asked by a program and not by a browser: whatever went wrong, the answer is JSON and never a page or a way to one."""

from typing import Final

from django.http import HttpRequest

PREFIX: Final = "/api/"
# The script that sends what was kept on a device while there was no signal. No other site's script can say it.
HELD: Final = ("X-Craffu-Held", "send")


def asks_as_program(request: HttpRequest) -> bool:
    return is_api(request) or sends_held(request)


def is_api(request: HttpRequest) -> bool:
    return request.path_info.startswith(PREFIX)


def sends_held(request: HttpRequest) -> bool:
    name, value = HELD
    return bool(request.headers.get(name) == value)
