from django.urls import path

from craffu.web.samples import agreement_views, review_views, views

SAMPLE = "scrutiny/samples/<reference:sample>"
REVIEW = "scrutiny/case-reviews/<reference:case_review>"

urlpatterns = [
    path("scrutiny/samples", views.sample_list, name="sample_list"),
    path("scrutiny/samples/new", views.sample_new, name="sample_new"),
    path(SAMPLE, views.sample_detail, name="sample_detail"),
    path(f"{SAMPLE}/freeze", views.sample_freeze, name="sample_freeze"),
    path(f"{SAMPLE}/reviewers", views.sample_reviewers, name="sample_reviewers"),
    path(f"{SAMPLE}/seed", views.sample_seed, name="sample_seed"),
    path(f"{SAMPLE}/cases/<int:number>/replace", views.sample_replace, name="sample_replace"),
    path(f"{SAMPLE}/cases/<int:number>/give-on/<int:place>", views.sample_give_on, name="sample_give_on"),
    path(f"{SAMPLE}/agreement", agreement_views.sample_agreement, name="sample_agreement"),
    path(
        f"{SAMPLE}/cases/<int:number>/<slug:question>/<slug:repeat>",
        agreement_views.sample_adjudicate,
        name="sample_adjudicate",
    ),
    path("scrutiny/case-reviews", review_views.case_review_list, name="case_review_list"),
    path(REVIEW, review_views.case_review, name="case_review"),
    path(f"{REVIEW}/interest", review_views.case_review_interest, name="case_review_interest"),
    path(f"{REVIEW}/sections/<slug:section>", review_views.case_review_section, name="case_review_section"),
    path(f"{REVIEW}/submit", review_views.case_review_submit, name="case_review_submit"),
    path(f"{REVIEW}/live-risk", review_views.case_review_live_risk, name="case_review_live_risk"),
    path(f"{REVIEW}/identity", review_views.case_review_identity, name="case_review_identity"),
]
