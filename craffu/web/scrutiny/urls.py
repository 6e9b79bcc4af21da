from django.urls import path

from craffu.web.scrutiny import consent_views, destroying_views, risk_views, views

urlpatterns = [
    path("scrutiny/interviews", views.interview_list, name="interview_list"),
    path("scrutiny/interviews/new", views.interview_new, name="interview_new"),
    path("scrutiny/interviews/<reference:interview>", views.interview_detail, name="interview_detail"),
    path("scrutiny/interviews/<reference:interview>/print", views.interview_print, name="interview_print"),
    path(
        "scrutiny/interviews/<reference:interview>/answers/<slug:question>",
        views.interview_answer,
        name="interview_answer",
    ),
    path(
        "scrutiny/interviews/<reference:interview>/answers/<slug:question>/quote",
        views.interview_quote,
        name="interview_quote",
    ),
    path(
        "scrutiny/interviews/<reference:interview>/consent", consent_views.interview_consent, name="interview_consent"
    ),
    path(
        "scrutiny/interviews/<reference:interview>/consent/given",
        consent_views.interview_consented,
        name="interview_consented",
    ),
    path(
        "scrutiny/interviews/<reference:interview>/withdrawn",
        consent_views.interview_withdrawn,
        name="interview_withdrawn",
    ),
    path(
        "scrutiny/interviews/<reference:interview>/live-risk",
        risk_views.interview_live_risk,
        name="interview_live_risk",
    ),
    path(
        "scrutiny/interviews/<reference:interview>/destroy",
        destroying_views.interview_destroy,
        name="interview_destroy",
    ),
    path("retention/words", destroying_views.destruction_list, name="destruction_list"),
    path("retention/words/<reference:destruction>", destroying_views.destruction_detail, name="destruction_detail"),
    path("live-risks/<reference:live_risk>", risk_views.live_risk, name="live_risk"),
]
