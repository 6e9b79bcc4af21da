"""Every address of the API's first version. What answers is loaded with the first question: most workers are never asked."""

from collections.abc import Callable
from importlib import import_module

from django.http import HttpRequest, HttpResponse
from django.urls import path

ANSWERS = "craffu.api.v1"


def later(name: str) -> Callable[..., HttpResponse]:
    """An address whose answer stands in a module that is loaded when it is first asked for (B11)."""

    def view(request: HttpRequest, **parts: str) -> HttpResponse:
        answer: HttpResponse = import_module(ANSWERS).answer(name, request, **parts)
        return answer

    return view


# What is read and changed at one address is one address.
urlpatterns = [
    path("openapi.json", later("openapi"), name="api_openapi"),
    path("people", later("person_list"), name="api_person_list"),
    path("people/<reference:person>", later("person_detail"), name="api_person_detail"),
    path("people/<reference:person>/breaches", later("person_breaches"), name="api_person_breaches"),
    path("cases", later("case_list"), name="api_case_list"),
    path("cases/<reference:case>", later("case_detail"), name="api_case_detail"),
    path("orders", later("order_list"), name="api_order_list"),
    path("orders/<reference:order>", later("order_detail"), name="api_order_detail"),
    path("orders/<reference:order>/conditions", later("order_conditions"), name="api_order_conditions"),
    path("orders/<reference:order>/profiles", later("order_profile"), name="api_order_profile"),
    path("orders/<reference:order>/moves", later("order_move"), name="api_order_move"),
    path("breaches/<reference:breach>", later("breach_detail"), name="api_breach_detail"),
    path("victims", later("victim_list"), name="api_victim_list"),
    path("victims/<reference:victim>", later("victim_detail"), name="api_victim_detail"),
    path("victims/<reference:victim>/contacts", later("victim_contacts"), name="api_victim_contacts"),
    path("victims/<reference:victim>/views", later("victim_views"), name="api_victim_views"),
    path("victims/<reference:victim>/notice", later("victim_notice"), name="api_victim_notice"),
    path("victims/<reference:victim>/safety", later("victim_safety"), name="api_victim_safety"),
    path("victims/<reference:victim>/safety/measures", later("victim_measure"), name="api_victim_measure"),
    path(
        "victims/<reference:victim>/safety/measures/<int:number>/tellings",
        later("victim_measure_told"),
        name="api_victim_measure_told",
    ),
    path("victims/<reference:victim>/safety/help", later("victim_help"), name="api_victim_help"),
    path("victims/<reference:victim>/advocates", later("victim_advocates"), name="api_victim_advocates"),
    path("victims/<reference:victim>/letters", later("victim_letter_list"), name="api_victim_letter_list"),
    path(
        "victims/<reference:victim>/letters/<int:number>/steps",
        later("victim_letter_step"),
        name="api_victim_letter_step",
    ),
    path("promises", later("promise_list"), name="api_promise_list"),
    path("updates", later("update_list"), name="api_update_list"),
    path("letters", later("letter_list"), name="api_letter_list"),
    path("orders/<reference:order>/letters", later("order_letter_list"), name="api_order_letter_list"),
    path(
        "orders/<reference:order>/letters/<int:number>/steps",
        later("order_letter_step"),
        name="api_order_letter_step",
    ),
    path("priority", later("priority_list"), name="api_priority_list"),
    path("priority/unscored", later("priority_unscored"), name="api_priority_unscored"),
    path("people/<reference:person>/priority", later("person_priority"), name="api_person_priority"),
    path("people/<reference:person>/plan", later("person_plan"), name="api_person_plan"),
    path("people/<reference:person>/plan/actions", later("plan_action_add"), name="api_plan_action_add"),
    path(
        "people/<reference:person>/plan/actions/<int:number>/closings",
        later("plan_action_close"),
        name="api_plan_action_close",
    ),
    path("meetings", later("meeting_list"), name="api_meeting_list"),
    path("meetings/<reference:meeting>", later("meeting_detail"), name="api_meeting_detail"),
    path(
        "meetings/<reference:meeting>/items/<int:item>/actions/<int:number>/closings",
        later("meeting_action_close"),
        name="api_meeting_action_close",
    ),
    path("recommendations", later("recommendation_list"), name="api_recommendation_list"),
    path(
        "recommendations/<reference:recommendation>", later("recommendation_detail"), name="api_recommendation_detail"
    ),
    path(
        "recommendations/<reference:recommendation>/entries",
        later("recommendation_entry"),
        name="api_recommendation_entry",
    ),
    path("reports", later("report_list"), name="api_report_list"),
    path("reports/<reference:report>", later("report_detail"), name="api_report_detail"),
    path("initiatives", later("initiative_list"), name="api_initiative_list"),
    path("initiatives/<reference:initiative>", later("initiative_detail"), name="api_initiative_detail"),
    path("champions", later("champion_list"), name="api_champion_list"),
    path("due", later("due_list"), name="api_due_list"),
    path("measures", later("measure_list"), name="api_measure_list"),
    path("measures/<slug:code>", later("measure_detail"), name="api_measure_detail"),
    path("series", later("series_list"), name="api_series_list"),
    path("series/<slug:series>", later("series_detail"), name="api_series_detail"),
]
