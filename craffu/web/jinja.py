"""The template environment: GOV.UK macros, gettext, and a refusal to print what a page forgot to give.

Django's Jinja2 backend calls `environment` once (TEMPLATES in the settings).
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext, npgettext, pgettext
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, PackageLoader, PrefixLoader
from jinja2.exceptions import UndefinedError
from jinja2.ext import Extension
from jinja2.utils import missing

from craffu.common import languages
from craffu.web import fields
from craffu.web.bars import alert_html, badge_html, identity_bar_html, sub_navigation_html
from craffu.web.beside import beside_what_is_typed
from craffu.web.components import prepared
from craffu.web.dates import date_input_html
from craffu.web.kept import KeptFragment, said
from craffu.web.known_at import known_at_form_html
from craffu.web.navigation import header_html
from craffu.web.pieces import details_html, tag_html
from craffu.web.references import address_of_page, unbroken
from craffu.web.summaries import summary_list_html
from craffu.web.tables import table_html
from craffu.web.timelines import timeline_html
from craffu.web.wayfinding import breadcrumbs_html, languages_html, pagination_html

# `caller` is absent from a macro called without a block; the notification banner sets the others for success only.
_SET_ONLY_SOMETIMES = frozenset({"caller", "successBanner", "typeClass"})


class MissingFails(ChainableUndefined):
    """A name or attribute that a page uses and nobody gave it: an error, as with Jinja's StrictUndefined.

    What the design system's macros are built on stays lenient: a key that a component's own parameters leave out,
    and the few names that a macro sets only in some cases.
    """

    def _is_optional(self) -> bool:
        looked_in = self._undefined_obj
        if looked_in is missing:
            return self._undefined_name in _SET_ONLY_SOMETIMES
        return isinstance(looked_in, Mapping | MissingFails | str)

    def _fail_unless_optional(self) -> None:
        if not self._is_optional():
            raise UndefinedError(self._undefined_message)

    def __getattr__(self, name: str) -> "MissingFails":
        if name.startswith("__"):
            raise AttributeError(name)
        self._fail_unless_optional()
        return self

    def __getitem__(self, key: Any) -> "MissingFails":  # type: ignore[override]
        self._fail_unless_optional()
        return self

    def __str__(self) -> str:
        self._fail_unless_optional()
        return ""

    def __html__(self) -> str:
        return str(self)

    def __bool__(self) -> bool:
        self._fail_unless_optional()
        return False

    def __iter__(self) -> Any:
        self._fail_unless_optional()
        return iter(())

    def __len__(self) -> int:
        self._fail_unless_optional()
        return 0

    def __eq__(self, other: object) -> bool:
        self._fail_unless_optional()
        return isinstance(other, MissingFails)

    def __hash__(self) -> int:
        return hash(MissingFails)


def address(name: str, /, **parts: Any) -> str:
    """The path of a named page in the reader's language."""
    return reverse(name, kwargs=parts) if parts else address_of_page(name)


def date_in_words(value: date) -> str:
    """24 November 2026, in the reader's language; an instant is given its day in London."""
    day = timezone.localtime(value).date() if isinstance(value, datetime) else value
    return languages.date_in_words(day, get_language() or languages.Language.ENGLISH)


def time_in_words(value: datetime) -> str:
    """14:32, in London. The same in both languages."""
    return f"{timezone.localtime(value):%H:%M}"


def environment(**options: Any) -> Environment:
    """Build the environment; `options` come from Django's backend."""
    options["loader"] = ChoiceLoader(
        [options["loader"], PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})],
    )
    options["undefined"] = MissingFails
    options.pop("autoescape", None)
    extensions: list[str | type[Extension]] = ["jinja2.ext.i18n", KeptFragment]
    env = Environment(autoescape=True, extensions=extensions, trim_blocks=True, lstrip_blocks=True, **options)
    env.policies["ext.i18n.trimmed"] = True
    env.install_gettext_callables(gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext)  # type: ignore[attr-defined]
    env.globals.update(static=static, url=address, null=None, undefined=MissingFails(name="undefined", obj={}))
    # In place of Jinja's own, which looks words up by way of three others each time.
    env.globals.update(_=said, gettext=said)
    env.filters.update(
        prepared=prepared,
        date_in_words=date_in_words,
        time_in_words=time_in_words,
        input_params=fields.input_params,
        file_params=fields.file_params,
        select_params=fields.select_params,
        choice_params=fields.choice_params,
        date_params=fields.date_params,
        error_summary_params=fields.error_summary_params,
        beside_what_is_typed=beside_what_is_typed,
        unbroken=unbroken,
        date_input_html=date_input_html,
        summary_list_html=summary_list_html,
        table_html=table_html,
        alert_html=alert_html,
        badge_html=badge_html,
        details_html=details_html,
        header_html=header_html,
        known_at_form_html=known_at_form_html,
        identity_bar_html=identity_bar_html,
        sub_navigation_html=sub_navigation_html,
        tag_html=tag_html,
        breadcrumbs_html=breadcrumbs_html,
        languages_html=languages_html,
        pagination_html=pagination_html,
        timeline_html=timeline_html,
    )
    return env
