"""What of a page says the same to everybody is written once for each language, and nothing of anybody is ever kept (ADR 120)."""

from datetime import date

import pytest
from django.template import engines
from django.urls import get_script_prefix, set_script_prefix
from django.utils import translation
from jinja2 import TemplateSyntaxError

from craffu.web.kept import said
from craffu.web.known_at import KnownAt, known_at_form_html
from craffu.web.navigation import header_html, navigation

ENV = engines["jinja2"].env  # type: ignore[attr-defined]


@pytest.mark.rule("SEC-01")
@pytest.mark.parametrize(
    "fragment",
    [
        "{{ frame.reader_name }}",
        "{{ csrf_input }}",
        "{{ csp_nonce }}",
        "{{ url('person_detail', person=reference) }}",
        "{% if may_export %}{{ _('Download') }}{% endif %}",
        "{% for one in people %}{% endfor %}",
        "{% set one = head.title %}",
        "{{ request.path }}",
    ],
)
def test_a_fragment_that_names_anything_of_a_page_is_refused_when_its_template_is_read(fragment: str) -> None:
    with pytest.raises(TemplateSyntaxError, match="is not kept"):
        ENV.from_string(f"{{% kept %}}{fragment}{{% endkept %}}")


def test_what_stands_around_a_fragment_is_written_each_time() -> None:
    page = ENV.from_string("{{ name }} {% kept %}{{ _('Privacy and cookies') }}{% endkept %} {{ name }}")
    assert page.render(name="One") == "One Privacy and cookies One"
    assert page.render(name="<i>") == "&lt;i&gt; Privacy and cookies &lt;i&gt;"


def test_a_fragment_is_kept_apart_for_each_language_and_each_place() -> None:
    first = ENV.from_string("{% kept %}{{ url('help') }}{% endkept %} {% kept %}{{ url('privacy') }}{% endkept %}")
    prefix = get_script_prefix()
    for _twice in range(2):
        with translation.override("en"):
            assert first.render().split() == ["/help", "/privacy"]
        with translation.override("cy"):
            assert first.render().split() == ["/cy/help", "/cy/privacy"]
        try:
            set_script_prefix("/force/")
            with translation.override("en"):
                assert first.render().split() == ["/force/help", "/force/privacy"]
        finally:
            set_script_prefix(prefix)


def test_two_templates_without_a_name_keep_nothing_of_each_other() -> None:
    help_page, privacy = (
        ENV.from_string(f"{{% kept %}}{{{{ url('{one}') }}}}{{% endkept %}}") for one in ("help", "privacy")
    )
    assert help_page.render() != privacy.render()


def test_words_are_looked_up_in_the_readers_language_and_made_safe() -> None:
    for _twice in range(2):
        with translation.override("en"):
            assert said("Cases: %(number)s", number="<3>") == "Cases: &lt;3&gt;"
            assert said("Language") == "Language"
        with translation.override("cy"):
            assert said("Language") == "Iaith"
    with pytest.raises(KeyError):
        said("Cases: %(number)s")


def test_the_menu_marks_where_somebody_is_and_holds_what_their_roles_open() -> None:
    people, at_home = navigation({"supervisor"}, "/people/P-10001"), navigation({"supervisor"}, "/")
    assert [item["text"] for item in people.items if item["active"]] == ["People"]
    assert [item["text"] for item in at_home.items if item["current"]] == ["Today"]
    assert 'aria-current="true"' in people.html
    assert 'aria-current="page"' in at_home.html
    assert "/cases" not in navigation({"response_officer"}, "/").html
    assert navigation((), "/").html == ""
    assert "P-10001" not in people.html


def test_the_header_names_the_force_and_escapes_it() -> None:
    assert "A &amp; B" in header_html("A & B")
    assert "craffu-header__force" not in header_html("")


def test_the_form_for_another_day_shows_what_was_asked_and_keeps_nothing_of_it() -> None:
    today = date(2026, 11, 26)
    plain = known_at_form_html(KnownAt(today))
    asked = known_at_form_html(KnownAt(today, date(2026, 11, 24), boxes=("2026", "11", "24")))
    wrong = known_at_form_html(KnownAt(today, error="Enter a real date", boxes=("2026", "13", "<")))
    assert 'value="24"' in asked
    assert "Enter a real date" in wrong
    assert "&lt;" in wrong
    assert known_at_form_html(KnownAt(today)) == plain
    assert 'value="24"' not in plain
