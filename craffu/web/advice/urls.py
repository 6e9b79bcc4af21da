from django.urls import path

from craffu.web.advice import figure_views, note_views, views

urlpatterns = [
    path("cases/<reference:case>/advice", views.case_advice, name="case_advice"),
    path("cases/<reference:case>/advice/<int:number>", views.case_advice_one, name="case_advice_one"),
    path("orders/<reference:order>/advice", views.order_advice, name="order_advice"),
    path("orders/<reference:order>/advice/<int:number>", views.order_advice_one, name="order_advice_one"),
    path("advice/notes", note_views.advice_notes, name="advice_notes"),
    path("resourcing/advice", figure_views.advice_figures, name="advice_figures"),
]
