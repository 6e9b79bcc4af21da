from django.urls import path

from craffu.web.deep_dives import finding_views, report_views, standing_views, views

_ONE = "scrutiny/deep-dives/<reference:dive>"

urlpatterns = [
    path("scrutiny/deep-dives", views.deep_dive_list, name="deep_dive_list"),
    path("scrutiny/deep-dives/new", views.deep_dive_new, name="deep_dive_new"),
    path(_ONE, views.deep_dive_detail, name="deep_dive_detail"),
    path(f"{_ONE}/add/<slug:what>", views.deep_dive_add, name="deep_dive_add"),
    path(f"{_ONE}/evidence/<slug:what>", views.deep_dive_evidence, name="deep_dive_evidence"),
    path(f"{_ONE}/findings/<int:finding>", finding_views.deep_dive_finding, name="deep_dive_finding"),
    path(f"{_ONE}/findings/<int:finding>/claims/<int:claim>", finding_views.deep_dive_claim, name="deep_dive_claim"),
    path(f"{_ONE}/report", report_views.deep_dive_report, name="deep_dive_report"),
    path(f"{_ONE}/report.pdf", report_views.deep_dive_paper, name="deep_dive_paper"),
    path(f"{_ONE}/report/send", report_views.deep_dive_send, {"step": "send"}, name="deep_dive_send"),
    path(f"{_ONE}/report/publish", report_views.deep_dive_send, {"step": "publish"}, name="deep_dive_publish"),
    path(f"{_ONE}/report/reply", report_views.deep_dive_step, {"step": "reply"}, name="deep_dive_reply"),
    path(f"{_ONE}/report/take-back", report_views.deep_dive_step, {"step": "take-back"}, name="deep_dive_take_back"),
    path(f"{_ONE}/report/stop", report_views.deep_dive_step, {"step": "stop"}, name="deep_dive_stop"),
    path(f"{_ONE}/report/corrections/<int:correction>", report_views.deep_dive_correction, name="deep_dive_correction"),
    path("scrutiny/standing-answer", standing_views.standing_answer, name="standing_answer"),
    path("scrutiny/standing-answer/sign", standing_views.standing_sign, name="standing_sign"),
    path("reports", report_views.report_list, name="report_list"),
    path("reports/<reference:dive>", report_views.report_published, name="report_published"),
    path("reports/<reference:dive>.pdf", report_views.report_published_paper, name="report_published_paper"),
]
