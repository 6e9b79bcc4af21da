from django.urls import path

from craffu.web.cases import views

urlpatterns = [
    path("cases", views.case_list, name="case_list"),
    path("cases/<reference:case>", views.case_detail, name="case_detail"),
]
