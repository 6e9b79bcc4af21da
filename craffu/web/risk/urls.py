from django.urls import path

from craffu.web.risk import views

urlpatterns = [
    path("cases/<reference:case>/risk", views.case_risk_page, name="case_risk"),
    path("cases/<reference:case>/risk/assess", views.case_risk_assess, name="case_risk_assess"),
    path("cases/<reference:case>/risk/assessment", views.case_risk_assessment, name="case_risk_assessment"),
    path("cases/<reference:case>/risk/event", views.case_risk_event, name="case_risk_event"),
    path("cases/<reference:case>/risk/look", views.case_risk_look, name="case_risk_look"),
    path("cases/<reference:case>/risk/observe", views.case_risk_observe, name="case_risk_observe"),
    path("queues/assessments", views.queue_assessments, name="queue_assessments"),
    path("queues/second-looks", views.queue_second_looks, name="queue_second_looks"),
]
