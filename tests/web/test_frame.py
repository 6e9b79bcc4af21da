"""What holds on every page: both languages, the way between them, the marking, no inline code, no gov.uk font or crown."""

import csv
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.db import OperationalError
from django.http import HttpRequest
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import NoReverseMatch, get_script_prefix, reverse, set_script_prefix
from django.utils import translation
from django.utils.csp import LazyNonce
from django.utils.safestring import mark_safe

from craffu.access.acting import Acting
from craffu.access.models import Force, User
from craffu.access.roles import ROLE_KEYS
from craffu.audit.actors import Actor
from craffu.common.refusals import NotNow, NotPermitted
from craffu.common.storing import cannot_store
from craffu.web import errors, translations
from craffu.web.about import views as about
from craffu.web.context import address_in, reader_frame
from craffu.web.fields import choice_params, date_params, error_summary_params, input_params, select_params
from craffu.web.gallery.views import gallery
from craffu.web.navigation import MOST_ITEMS, PARTS, parts_for
from craffu.web.presenters import Link, Marking, PageHead
from craffu.web.references import address_of, unbroken

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "craffu" / "web" / "templates"
ASSETS = ROOT / "build" / "assets"
ALL_TEMPLATES = sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html"))

LANGUAGES = ["en", "cy"]


def asked(path: str = "/", language: str = "en") -> HttpRequest:
    request = RequestFactory().get(f"/cy{path}" if language == "cy" else path)
    request._csp_nonce = LazyNonce()  # type: ignore[attr-defined]
    return request


def reader(*rights: str, name: str = "Sam Example") -> Acting:
    force = Force(code="demo", name_en="Example Police", name_cy="Heddlu Enghraifft", controller="x")
    user = User(username="sam", name=name, force=force)
    return Acting(Actor("sam", "", "demo"), force, frozenset(rights), user=user)


class SignIn(forms.Form):
    username = forms.CharField()
    password = forms.CharField(widget=forms.PasswordInput)


def sign_in_page(request: HttpRequest, data: dict[str, str] | None = None) -> str:
    return render_to_string("access/sign_in.html", {"form": SignIn(data), "next": "/people"}, request)


PAGES: dict[str, Any] = {
    "about/help.html": lambda request: about.help_page(request).content.decode(),
    "about/accessibility.html": lambda request: about.accessibility(request).content.decode(),
    "about/privacy.html": lambda request: about.privacy(request).content.decode(),
    "gallery/gallery.html": lambda request: gallery(request).content.decode(),
    "access/sign_in.html": sign_in_page,
    "errors/400.html": lambda request: errors.bad_request(request).content.decode(),
    "errors/403.html": lambda request: errors.refused(request).content.decode(),
    "errors/404.html": lambda request: errors.not_found(request).content.decode(),
    "errors/409.html": lambda request: errors.refused(request, NotNow("x", "P-1")).content.decode(),
    "errors/500.html": lambda request: errors.server_error(request).content.decode(),
    "errors/busy.html": lambda request: errors.busy(request).content.decode(),
    "errors/full.html": lambda request: errors.full(request).content.decode(),
    "errors/csrf.html": lambda request: errors.csrf_failure(request, "No cookie").content.decode(),
}


def page(template: str, language: str) -> str:
    with translation.override(language):
        html: str = PAGES[template](asked("/somewhere", language))
    return html


class Said(HTMLParser):
    """What a page says to a reader: its words, and the attributes that are read out or shown by a script."""

    SPOKEN = re.compile(r"aria-label|alt|title|placeholder|data-label|data-i18n.*|data-.*-text")

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.silent = 0
        self.words: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in {"script", "style", "code"}
        self.words |= {value.strip() for name, value in attrs if value and self.SPOKEN.fullmatch(name)}

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in {"script", "style", "code"}

    def handle_data(self, data: str) -> None:
        if not self.silent and re.search(r"[^\W\d_]{2}", data):
            self.words.add(" ".join(data.split()))


# The same in both languages: names of products, people and languages, references, dates as figures.
SAME_IN_BOTH = re.compile(
    r"Craffu|GOV\.UK|English|Cymraeg|DEWI EXAMPLE|sessionid|csrftoken|craffu_device|Sam Example|P-\d+"
)


@pytest.mark.parametrize("template", PAGES)
@pytest.mark.rule("BIL-01")
def test_a_welsh_page_says_nothing_in_english(template: str) -> None:
    english, welsh = Said(page(template, "en")).words, Said(page(template, "cy")).words
    assert {words for words in english & welsh if not SAME_IN_BOTH.fullmatch(words)} == set()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", PAGES)
def test_a_page_says_its_language_and_has_one_h1(template: str, language: str) -> None:
    html = page(template, language)
    assert f'<html lang="{language}"' in html
    assert html.count("<h1") == 1
    assert re.search(r"<title>[^<]+ - Craffu</title>", html)


def bare_words(source: str) -> list[str]:
    """Words that stand in a template as they are, outside every expression and translated block."""
    text, translated = "", 0
    tokens = list(engines["jinja2"].env.lex(source))  # type: ignore[attr-defined]
    for position, (_line, kind, value) in enumerate(tokens):
        if kind == "block_begin":
            name = next(later for _, later_kind, later in tokens[position:] if later_kind == "name")
            translated += {"trans": 1, "endtrans": -1}.get(name, 0)
        elif kind == "variable_begin":
            text += "0"
        elif kind == "data" and not translated:
            text += value
    text = re.sub(r"<(script|style).*?</\1>", "", text, flags=re.DOTALL)
    return [words.strip() for words in re.findall(r">([^<]*[^\W\d_]{2}[^<]*)<", text)]


@pytest.mark.parametrize("template", [name for name in ALL_TEMPLATES if not name.startswith("components/")])
@pytest.mark.rule("BIL-01")
def test_a_template_has_no_words_outside_gettext(template: str) -> None:
    words = bare_words((TEMPLATES / template).read_text(encoding="utf-8"))
    assert [word for word in words if not SAME_IN_BOTH.search(word)] == []


def test_the_search_for_bare_words_finds_them() -> None:
    assert bare_words('<p class="{{ x }}">{{ _("Said") }}</p><p>Forgotten</p>{% trans %}<p>Said</p>{% endtrans %}') == [
        "Forgotten"
    ]


SAFE_FRAME = "safe/base.html"


@pytest.mark.parametrize("template", ALL_TEMPLATES)
def test_a_template_has_no_inline_style_handler_or_script_without_nonce(template: str) -> None:
    source = (TEMPLATES / template).read_text(encoding="utf-8")
    assert not re.search(r"\sstyle\s*=|\son\w+\s*=\s*[\"']|javascript:", source)
    # The safe page loads nothing, so its style stands in it; it is drawn without the frame that gives others their nonce.
    nonce = 'nonce="{{ nonce }}"' if template == SAFE_FRAME else 'nonce="{{ csp_nonce }}"'
    assert "<style" not in source or template == SAFE_FRAME
    assert all(nonce in element for element in re.findall(r"<(?:script|style)[^>]*>", source))


@pytest.mark.parametrize("template", PAGES)
def test_a_page_has_no_inline_style_handler_or_script_without_nonce(template: str) -> None:
    html = page(template, "en")
    assert not re.search(r"<[^>]+\s(style|on[a-z]+)=", html)
    assert all(re.search(r'nonce="[\w+/=-]{16,}"', script) for script in re.findall(r"<script[^>]*>", html))


@pytest.mark.parametrize(
    ("asked_for", "english", "welsh"),
    [
        ("/", "/", "/cy/"),
        ("/cy/", "/", "/cy/"),
        ("/people/P-10432", "/people/P-10432", "/cy/people/P-10432"),
        ("/cy/people/P-10432", "/people/P-10432", "/cy/people/P-10432"),
        ("/cases?state=open&page=2", "/cases?state=open&page=2", "/cy/cases?state=open&page=2"),
        ("/cy/cases?state=open&page=2", "/cases?state=open&page=2", "/cy/cases?state=open&page=2"),
        ("/cyfarfod", "/cyfarfod", "/cy/cyfarfod"),
    ],
)
@pytest.mark.rule("BIL-01")
def test_the_other_language_is_the_same_page_with_its_query(asked_for: str, english: str, welsh: str) -> None:
    request = RequestFactory().get(asked_for)
    assert address_in("en", request) == english
    assert address_in("cy", request) == welsh


@pytest.mark.parametrize(
    ("template", "status"),
    [("400", 400), ("403", 403), ("404", 404), ("409", 409), ("500", 500), ("busy", 503), ("full", 507), ("csrf", 403)],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_error_page_bears_its_status_in_both_languages_without_the_database(
    template: str, status: int, language: str
) -> None:
    answers = {
        "400": errors.bad_request,
        "403": lambda request: errors.refused(request, NotPermitted("x", "Only the owner may")),
        "404": errors.not_found,
        "409": lambda request: errors.refused(request, NotNow("x", "The case is closed")),
        "500": errors.server_error,
        "busy": errors.busy,
        "full": errors.full,
        "csrf": errors.csrf_failure,
    }
    # The thread's language is the wrong one: the address decides.
    with translation.override("cy" if language == "en" else "en"):
        response = answers[template](asked("/somewhere", language))
    assert response.status_code == status
    assert f'<html lang="{language}"' in response.content.decode()


def test_a_refusal_says_why() -> None:
    assert "The case is closed" in errors.refused(asked(), NotNow("x", "The case is closed")).content.decode()


@pytest.mark.parametrize(("words", "status"), [("database is locked", 503), ("no such table: x", 500)])
def test_a_busy_database_asks_to_try_again(words: str, status: int) -> None:
    try:
        raise OperationalError(words)
    except OperationalError:
        response = errors.server_error(asked())
    assert response.status_code == status
    assert ("Retry-After" in response.headers) == (status == 503)


@pytest.mark.parametrize(("state", "busy"), [("40001", True), ("40P01", True), ("55P03", True), ("42P01", False)])
def test_postgresql_says_by_its_state_that_it_is_busy(state: str, busy: bool) -> None:
    fault = OperationalError("could not")
    fault.__cause__ = type("Fault", (Exception,), {"sqlstate": state})()
    assert errors.is_database_busy(fault) == busy


@pytest.mark.parametrize(("state", "full"), [("53100", True), ("58030", True), ("40001", False), (None, False)])
def test_postgresql_says_by_its_state_that_its_disk_is_full(state: str | None, full: bool) -> None:
    fault = OperationalError("could not extend file")
    fault.__cause__ = type("Fault", (Exception,), {"sqlstate": state})()
    assert cannot_store(fault) == full


def test_an_error_page_does_not_say_what_broke() -> None:
    try:
        raise RuntimeError("secret-inner-word")
    except RuntimeError:
        html = errors.server_error(asked()).content.decode()
    assert "secret-inner-word" not in html
    assert "Traceback" not in html


def framed(language: str = "en", marking: Marking = Marking.OFFICIAL_SENSITIVE, *rights: str) -> str:
    request = asked("/help", language)
    request.acting = reader(*rights)  # type: ignore[attr-defined]
    with translation.override(language):
        return render_to_string("base.html", {"head": PageHead("P-10432", marking=marking)}, request)


def test_the_marking_is_the_first_and_the_last_words_of_a_page() -> None:
    html = framed()
    assert html.count("OFFICIAL-SENSITIVE") == 2
    assert html.index("OFFICIAL-SENSITIVE") < html.index("craffu-header__product")
    assert html.rindex("OFFICIAL-SENSITIVE") > html.index("govuk-footer__inline-list")


def test_a_public_page_bears_no_marking() -> None:
    assert "craffu-marking" not in framed("en", Marking.NONE)


@pytest.mark.parametrize(("language", "force"), [("en", "Example Police"), ("cy", "Heddlu Enghraifft")])
def test_a_signed_in_page_names_the_force_and_the_reader(language: str, force: str) -> None:
    html = framed(language)
    assert force in html
    assert "Sam Example" in html
    assert f'action="{"/cy" if language == "cy" else ""}{reverse("sign_out")}"' in html
    assert "Sam Example" not in html.split("</title>")[0]


@pytest.mark.rule("BIL-03")
def test_a_draft_translation_is_marked_on_welsh_pages_only() -> None:
    assert translations.is_draft()
    assert "Cyfieithiad drafft" in framed("cy")
    assert "Draft translation" not in framed("en")


@pytest.mark.parametrize("role", ROLE_KEYS)
def test_every_role_has_today_first_and_at_most_six_parts(role: str) -> None:
    parts = parts_for([role])
    assert parts[0].page == "home"
    assert len(parts) <= MOST_ITEMS


@pytest.mark.parametrize(
    ("rights", "pages"),
    [
        (["investigator"], ["home", "search", "person_list", "case_list", "victim_list", "order_list"]),
        (["orders_team"], ["home", "search", "person_list", "case_list", "order_list", "order_inbox"]),
        (["advocate"], ["advocate_promises", "advocate_updates", "advocate_give_view", "advocate_log"]),
        (["response_officer"], ["home", "search", "person_list", "champion_list"]),
        (["analyst"], ["home", "measure_list", "profile_local", "interview_list", "sample_list", "intake_list"]),
        (
            ["scrutiny_officer"],
            ["home", "orders_dashboard", "profile_local", "recommendation_list", "interview_list", "sample_list"],
        ),
        (
            ["commissioner_view"],
            ["home", "champion_list", "caseload", "orders_dashboard", "profile_local", "recommendation_list"],
        ),
        (["workforce_lead"], ["home", "champion_list", "caseload"]),
        (["volunteer_reviewer"], ["home", "case_review_list", "panel_list"]),
        (["supervisor", "analyst"], ["home", "search", "person_list", "case_list", "victim_list", "orders_dashboard"]),
        (
            ["administrator"],
            ["home", "order_kinds", "order_wordings", "service_list", "tokens_of_force", "factors_reset"],
        ),
        ([], []),
    ],
)
def test_navigation_shows_what_the_roles_may_open(rights: list[str], pages: list[str]) -> None:
    assert [part.page for part in parts_for(rights)] == pages


@pytest.mark.parametrize(
    ("role", "path", "current", "active"),
    [
        ("investigator", "/people", ["person_list"], []),
        ("investigator", "/people/P-10432", [], ["person_list"]),
        ("investigator", "/peoples", [], []),
        ("investigator", "/", ["home"], []),
        ("orders_team", "/orders/O-10001", [], ["order_list"]),
        ("orders_team", "/orders/inbox", ["order_inbox"], []),
        ("orders_team", "/orders/inbox/D-10001", [], ["order_inbox"]),
    ],
)
def test_navigation_marks_where_the_reader_is(role: str, path: str, current: list[str], active: list[str]) -> None:
    request = RequestFactory().get(path)
    request.acting = reader(role)  # type: ignore[attr-defined]
    items = {part.page: item for part, item in zip(parts_for([role]), reader_frame(request).navigation, strict=True)}
    assert [name for name, item in items.items() if item["current"]] == current
    assert [name for name, item in items.items() if item["active"]] == active


def test_every_part_of_the_navigation_has_a_page() -> None:
    assert all(reverse(part.page) for part in PARTS)


def test_a_page_has_breadcrumbs_or_a_back_link_never_both() -> None:
    with pytest.raises(ValueError, match="never both"):
        PageHead("x", breadcrumbs=(Link("a", "/a"),), back=Link("b", "/b"))


def test_sign_in_lets_password_managers_fill_it_and_never_returns_the_password() -> None:
    html = sign_in_page(asked(), {"username": "", "password": "kept-out-of-the-page"})
    assert 'autocomplete="username"' in html
    assert 'autocomplete="current-password"' in html
    assert "onpaste" not in html
    assert "kept-out-of-the-page" not in html
    assert 'href="#id_username"' in html
    assert "<title>Error: Sign in - Craffu</title>" in html


class Fields(forms.Form):
    name = forms.CharField(help_text="As on the order")
    kind = forms.ChoiceField(choices=[("", "Choose"), ("spo", "Stalking protection order")])
    made = forms.DateField(widget=forms.SelectDateWidget(years=range(2020, 2030)))


def test_a_field_becomes_the_parameters_of_its_component() -> None:
    form = Fields({"name": "", "kind": "spo", "made_day": "31", "made_month": "2", "made_year": "2026"})
    name, kind, made = form["name"], form["kind"], form["made"]
    assert input_params(name)["errorMessage"] == {"text": "This field is required."}
    assert input_params(name, autocomplete="off")["autocomplete"] == "off"
    assert [item["selected"] for item in select_params(kind)["items"]] == [False, True]
    assert [item["value"] for item in choice_params(kind)["items"]] == ["spo"]
    assert [box["value"] for box in date_params(made)["items"]] == ["31", "2", "2026"]
    summary = error_summary_params(form)
    assert summary is not None
    assert [error["href"] for error in summary["errorList"]] == ["#id_name", "#id_made_day"]
    assert (
        error_summary_params(
            Fields({"name": "x", "kind": "spo", "made_day": "1", "made_month": "2", "made_year": "2026"})
        )
        is None
    )


# --- build time -------------------------------------------------------------------------------------------------------


def test_the_npm_lock_names_no_host() -> None:
    lock = (ROOT / "package-lock.json").read_text(encoding="utf-8")
    assert "resolved" not in lock
    assert "://" not in lock
    packages = json.loads(lock)["packages"]
    assert all(entry.get("integrity") for name, entry in packages.items() if name)


needs_assets = pytest.mark.skipif(not ASSETS.is_dir(), reason="skipped: no build/assets, run bin/build-assets")


@needs_assets
def test_no_font_crown_or_crest_ships() -> None:
    for path in (*ASSETS.rglob("*"), *(ROOT / "craffu" / "web" / "static").rglob("*")):
        assert not re.search(r"font|\.woff|crest|crown|govuk-icon|opengraph", path.name, re.IGNORECASE), path
        if path.suffix in {".css", ".js", ".map", ".svg"}:
            text = path.read_text(encoding="utf-8")
            assert "GDS Transport" not in text, path
            assert not re.search(r"@font-face|url\([^)]*(crest|crown|font)", text), path


@needs_assets
def test_every_image_a_stylesheet_asks_for_is_there() -> None:
    for style in ASSETS.glob("*.css"):
        for image in re.findall(r"url\(/assets/([^)]+)\)", style.read_text(encoding="utf-8")):
            assert (ASSETS / image).is_file(), image


def test_build_assets_says_in_one_line_what_is_missing(tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    shutil.copy(ROOT / "bin" / "build-assets", tmp_path / "bin")
    command: list[str | Path] = [sys.executable, tmp_path / "bin" / "build-assets"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == "build-assets: package.json is missing: restore it from the repository.\n"
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(ROOT / name, tmp_path)
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={"PATH": str(tmp_path)})
    assert done.returncode == 1
    assert done.stderr.startswith("build-assets: no npm with Node 20 or newer was found")
    assert done.stderr.count("\n") == 1


# --- the Welsh catalogue ----------------------------------------------------------------------------------------------


@pytest.fixture
def project(tmp_path: Path) -> SimpleNamespace:
    """A project of one module and one template, with the tool that keeps its catalogue."""
    (tmp_path / "bin").mkdir()
    shutil.copy(ROOT / "bin" / "messages", tmp_path / "bin")
    templates = tmp_path / "craffu" / "web" / "templates"
    templates.mkdir(parents=True)
    (tmp_path / "craffu" / "a.py").write_text('from x import gettext_lazy as _\nTITLE = _("Order")\n')
    (templates / "b.html").write_text(
        '{{ button({"text": _("Grant")}) }}{% trans n=2 %}One{% pluralize n %}{{ n }} more{% endtrans %}'
    )

    def run(*options: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, tmp_path / "bin" / "messages", *options], capture_output=True, text=True, check=False
        )

    return SimpleNamespace(run=run, root=tmp_path, po=tmp_path / "craffu/locale/cy/LC_MESSAGES/django.po")


def fill(po: Path) -> None:
    text = po.read_text(encoding="utf-8")
    text = re.sub(r'(msgid "(Order|Grant)"\nmsgstr )""', r'\1"Cymraeg"', text)
    po.write_text(re.sub(r'(msgstr\[\d\] )""', r'\1"Un"', text), encoding="utf-8")


@pytest.mark.rule("BIL-04")
def test_messages_takes_strings_from_code_macro_calls_and_trans_blocks(project: SimpleNamespace) -> None:
    assert project.run().returncode == 0
    text = project.po.read_text(encoding="utf-8")
    assert all(f'msgid "{words}"' in text for words in ("Order", "Grant", "One"))
    assert text.count("msgstr[") == 6
    assert "nplurals=6" in text
    assert not re.search(r"\.(py|html):\d|Creation-Date", text)
    before = project.po.read_bytes()
    project.run()
    assert project.po.read_bytes() == before


@pytest.mark.rule("BIL-04")
def test_messages_check_names_what_has_no_welsh_and_what_is_stale(project: SimpleNamespace) -> None:
    project.run()
    faults = project.run("--check").stderr
    assert "no Welsh for 'Order'" in faults
    assert "no Welsh for 'One'" in faults
    fill(project.po)
    assert project.run("--check").returncode == 0
    (project.root / "craffu" / "a.py").write_text('from x import gettext as _\nTITLE = _("Changed")\n')
    done = project.run("--check")
    assert done.returncode == 1
    assert "is stale" in done.stderr
    assert "no Welsh for 'Changed'" in done.stderr


@pytest.mark.parametrize("wrong", ["Hyrwyddwyr stelcio", "%(extra)s"])
def test_messages_check_refuses_wrong_welsh(project: SimpleNamespace, wrong: str) -> None:
    project.run()
    fill(project.po)
    project.po.write_text(project.po.read_text(encoding="utf-8").replace('"Cymraeg"', f'"{wrong}"'), encoding="utf-8")
    assert project.run("--check").returncode == 1


def test_messages_compile_says_whether_the_compiled_catalogue_is_up_to_date(project: SimpleNamespace) -> None:
    project.run()
    fill(project.po)
    assert project.run("--compile", "--check").returncode == 1
    assert project.run("--compile").returncode == 0
    assert project.run("--compile", "--check").returncode == 0
    fill_again = project.po.read_text(encoding="utf-8").replace('"Cymraeg"', '"Gorchymyn"')
    project.po.write_text(fill_again, encoding="utf-8")
    assert project.run("--compile", "--check").returncode == 1


def catalogue(folder: Path, welsh: str) -> Path:
    path = folder / "django.po"
    path.write_text(
        f'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "Order"\nmsgstr "{welsh}"\n',
        encoding="utf-8",
    )
    return path


def approved(folder: Path, rows: Iterator[tuple[str, str]]) -> Path:
    path = folder / "approved.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(["msgid_sha256", "msgstr_sha256", "approved_by", "approved_on"])
        out.writerows((*row, "A translator", "2026-11-24") for row in rows)
    return path


@pytest.mark.rule("BIL-03")
def test_an_approval_holds_for_the_wording_approved_and_lapses_when_it_changes(tmp_path: Path) -> None:
    before = catalogue(tmp_path, "Gorchymyn")
    assert translations.count_drafts(before, approved(tmp_path, iter(()))) == 1
    digests = [(translations.english_digest(m), translations.welsh_digest(m)) for m in translations.messages(before)]
    register = approved(tmp_path, iter(digests))
    assert translations.count_drafts(before, register) == 0
    assert translations.count_drafts(catalogue(tmp_path, "Gorchymun"), register) == 1


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("case C-10001.", 'case <span class="craffu-unbroken">C-10001</span>.'),
        ("<b>P-1</b>", '&lt;b&gt;<span class="craffu-unbroken">P-1</span>&lt;/b&gt;'),
        ("Pryse-Môn, X-ray, C-", "Pryse-Môn, X-ray, C-"),
        (mark_safe("<i>R-12</i>"), '<i><span class="craffu-unbroken">R-12</span></i>'),
    ],
)
def test_no_line_ends_within_a_reference_and_everything_else_is_only_text(text: str, shown: str) -> None:
    assert unbroken(text) == shown


@pytest.mark.parametrize("prefix", ["/", "/police/"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_address_of_a_reference_is_the_one_that_django_gives(prefix: str, language: str) -> None:
    before = get_script_prefix()
    set_script_prefix(prefix)
    try:
        with translation.override(language):
            for reference in ("P-10001", "P-10002", "E-1"):
                wanted = reverse("person_detail", kwargs={"person": reference})
                assert address_of("person_detail", "person", reference) == wanted
                assert reference in wanted
    finally:
        set_script_prefix(before)


@pytest.mark.parametrize("reference", ["", "P-10001/readers", "P-10001\n", "p-10001", "../P-1"])
def test_what_is_no_reference_has_no_address(reference: str) -> None:
    with pytest.raises(NoReverseMatch):
        address_of("person_detail", "person", reference)
