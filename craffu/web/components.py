"""What is done to a component's parameters before its macro sees them: text is made safe, Welsh is filled in.

GOV.UK macros print a parameter named `html` as it stands. Here a plain string there is escaped like any text, and
only `markupsafe.Markup` passes. The macros' built-in English ("Show", "Error", "There is a problem") is left alone
on English pages and replaced by ours on Welsh ones.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from markupsafe import escape

from craffu.web.references import has_reference, unbroken

ENGLISH = "en"

# Parameters whose strings a macro prints unescaped, beside every key ending in "html".
_PRINTED_RAW = frozenset({"attributes", "slots"})

_ERROR = {"visuallyHiddenText": gettext_lazy("Error")}

# Component -> the words its macro or its script would otherwise say in English.
WORDS: dict[str, dict[str, Any]] = {
    "accordion": {
        "hideAllSectionsText": gettext_lazy("Hide all sections"),
        "hideSectionText": pgettext_lazy("accordion section", "Hide"),
        "hideSectionAriaLabelText": gettext_lazy("Hide this section"),
        "showAllSectionsText": gettext_lazy("Show all sections"),
        "showSectionText": pgettext_lazy("accordion section", "Show"),
        "showSectionAriaLabelText": gettext_lazy("Show this section"),
    },
    "back_link": {"text": gettext_lazy("Back")},
    "character_count": {
        "charactersAtLimitText": gettext_lazy("You have no characters left"),
        "wordsAtLimitText": gettext_lazy("You have no words left"),
        # One wording fits every number, because the number comes last.
        "charactersUnderLimitText": {"other": gettext_lazy("Characters left: %{count}")},
        "charactersOverLimitText": {"other": gettext_lazy("Characters too many: %{count}")},
        "wordsUnderLimitText": {"other": gettext_lazy("Words left: %{count}")},
        "wordsOverLimitText": {"other": gettext_lazy("Words too many: %{count}")},
        "textareaDescriptionText": gettext_lazy("The most you can enter: %{count}"),
    },
    "cookie_banner": {"ariaLabel": gettext_lazy("Cookie banner")},
    "error_message": _ERROR,
    "error_summary": {"titleText": gettext_lazy("There is a problem")},
    "exit_this_page": {
        "text": gettext_lazy("Exit this page"),
        "activatedText": gettext_lazy("Loading."),
        "timedOutText": gettext_lazy("Exit this page expired."),
        "pressTwoMoreTimesText": gettext_lazy("Shift, press 2 more times to exit."),
        "pressOneMoreTimeText": gettext_lazy("Shift, press 1 more time to exit."),
    },
    "file_upload": {
        "chooseFilesButtonText": gettext_lazy("Choose file"),
        "dropInstructionText": gettext_lazy("or drop file"),
        "noFileChosenText": gettext_lazy("No file chosen"),
        "multipleFilesChosenText": {"other": gettext_lazy("Files chosen: %{count}")},
        "enteredDropZoneText": gettext_lazy("Entered drop zone"),
        "leftDropZoneText": gettext_lazy("Left drop zone"),
    },
    "notification_banner": {"titleText": gettext_lazy("Important")},
    "password_input": {
        "showPasswordText": pgettext_lazy("password", "Show"),
        "hidePasswordText": pgettext_lazy("password", "Hide"),
        "showPasswordAriaLabelText": gettext_lazy("Show password"),
        "hidePasswordAriaLabelText": gettext_lazy("Hide password"),
        "passwordShownAnnouncementText": gettext_lazy("Your password is visible"),
        "passwordHiddenAnnouncementText": gettext_lazy("Your password is hidden"),
    },
    "service_navigation": {
        "ariaLabel": gettext_lazy("Service information"),
        "menuButtonText": gettext_lazy("Menu"),
    },
    "skip_link": {"text": gettext_lazy("Skip to main content")},
    "tabs": {"title": gettext_lazy("Contents")},
    "warning_text": {"iconFallbackText": gettext_lazy("Warning")},
}

# An option of a list takes words alone.
_WITHOUT_MARKUP = frozenset({"select"})
_DATE_PARTS = {"day": gettext_lazy("Day"), "month": gettext_lazy("Month"), "year": gettext_lazy("Year")}
_TEXT_TWINS = ("text", "html")


def _safe(key: str, value: Any) -> Any:
    """One parameter, with strings that would be printed raw escaped unless they are markup already."""
    if isinstance(value, Promise):
        value = str(value)
    if isinstance(value, Mapping):
        raw_inside = key == "slots"
        return {
            name: escape(inner) if raw_inside and isinstance(inner, str) else _safe(name, inner)
            for name, inner in value.items()
        }
    if isinstance(value, list | tuple):
        # Rows that a condition left out are dropped; elsewhere the macros number what they skip.
        return [_safe(key, inner) for inner in value if inner or key != "rows"]
    if isinstance(value, str) and (key.lower().endswith("html") or key in _PRINTED_RAW):
        return escape(value)
    return value


def _whole(value: Any) -> Any:
    """Wherever a macro prints `text`, no line of it ends within a reference."""
    if isinstance(value, list):
        return [_whole(inner) if isinstance(inner, dict | list) else inner for inner in value]
    if not isinstance(value, dict):
        return value
    # Most of what a page is given has no parts: a call for each would be most of the work.
    whole = {name: _whole(inner) if isinstance(inner, dict | list) else inner for name, inner in value.items()}
    words = whole.get("text")
    if isinstance(words, str) and not whole.get("html") and has_reference(words):
        whole["html"] = unbroken(words)
    return whole


def _in_words(value: Any) -> Any:
    """Lazy translations resolved, as the macros test for strings."""
    if isinstance(value, Mapping):
        return {key: _in_words(inner) for key, inner in value.items()}
    return str(value)


def _say(component: str, params: dict[str, Any]) -> None:
    """Fill in the words that the page left to the macro."""
    for name, words in WORDS.get(component, {}).items():
        twin = name.removesuffix("Text") + "Html"
        if name in _TEXT_TWINS and any(params.get(other) for other in _TEXT_TWINS):
            continue
        if not params.get(name) and not params.get(twin):
            params[name] = _in_words(words)
    error = params.get("errorMessage")
    if isinstance(error, dict):
        error.setdefault("visuallyHiddenText", str(_ERROR["visuallyHiddenText"]))
    if component == "notification_banner" and params.get("type") == "success":
        params["titleText"] = params.get("titleText") or str(gettext_lazy("Success"))
    if component == "date_input":
        _say_date_parts(params)
    # The calendar's script knows only English: a Welsh page keeps the box, which is typed into.
    if component == "date_picker":
        params["withoutCalendar"] = True


def _say_date_parts(params: dict[str, Any]) -> None:
    """Name the three boxes, unless the page lists its own or leaves one out."""
    values = params.get("values") or {}
    for part, label in _DATE_PARTS.items() if not params.get("items") else ():
        box = params.setdefault(part, {"name": part, "value": values.get(part)})
        if box:
            box.setdefault("label", str(label))


def prepared(params: Mapping[str, Any], component: str = "") -> dict[str, Any]:
    """The parameters a macro may be given: safe to print, and in the reader's language."""
    ready: dict[str, Any] = _safe("", params)
    if (get_language() or ENGLISH) != ENGLISH:
        _say(component, ready)
    return ready if component in _WITHOUT_MARKUP else _whole(ready)
