from django.urls import path

from craffu.web.advice import views

urlpatterns = [
    path("cases/<reference:case>/advice", views.case_advice, name="case_advice"),
    path("cases/<reference:case>/advice/<int:number>", views.case_advice_one, name="case_advice_one"),
]
