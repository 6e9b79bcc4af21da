"""When a form may be loaded, and answers kept: a version once, and every answer one that its form takes."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from craffu.common.refusals import NotNow


def check_version_is_free(*, is_taken: bool) -> None:
    """A version that assessments were made with is never written over."""
    if is_taken:
        raise NotNow(
            "form_version_taken",
            _(
                "This version of the tool is loaded already, with other questions. Give the changed form a version of its own."
            ),
        )


def check_answers_fit(wrong: Collection[str]) -> None:
    if wrong:
        raise NotNow("answers_do_not_fit", _("Some answers are not what the form asks for. Nothing was kept."))
