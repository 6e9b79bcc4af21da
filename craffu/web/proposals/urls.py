from django.urls import path

from craffu.web.proposals import views

urlpatterns = [
    path("cases/<reference:case>/proposed", views.case_proposed, name="case_proposed"),
    path("cases/<reference:case>/proposed/<int:proposal>", views.case_proposal, name="case_proposal"),
]
