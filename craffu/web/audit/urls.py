from django.urls import path

from craffu.web.audit import chain_views, views

urlpatterns = [
    path("audit", views.audit, name="audit"),
    path("audit/questions", views.audit_questions, name="audit_questions"),
    path("audit/answers/<slug:answer>", views.audit_answer, name="audit_answer"),
    path("audit/answers/<slug:answer>/export", views.audit_answer_export, name="audit_answer_export"),
    path("audit/unusual", views.audit_unusual, name="audit_unusual"),
    path("audit/chain", chain_views.audit_chain, name="audit_chain"),
]
