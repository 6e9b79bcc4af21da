"""Where a request is led on to, said from within what several pages open alike."""

from django.http import HttpResponse


class LedOn(Exception):
    """Instead of the page that was asked for, whoever asked is given this answer."""

    def __init__(self, answer: HttpResponse) -> None:
        super().__init__("led on")
        self.answer = answer
