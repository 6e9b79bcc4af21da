from django.urls import path

from craffu.web.letters import victim_views, views

urlpatterns = [
    path("print-queue", views.print_queue, name="print_queue"),
    path("victims/<reference:victim>/letters", victim_views.victim_letters, name="victim_letters"),
    path(
        "victims/<reference:victim>/letters/<int:number>",
        victim_views.victim_letter_print,
        name="victim_letter_print",
    ),
    path(
        "victims/<reference:victim>/letters/<int:number>/given",
        victim_views.victim_letter_given,
        name="victim_letter_given",
    ),
    path("victims/<reference:victim>/letters/<slug:about>/<slug:of>", victim_views.victim_letter, name="victim_letter"),
    path("orders/<reference:order>/letters/<int:number>/print", views.order_letter_print, name="order_letter_print"),
    path("orders/<reference:order>/letters", views.order_letters, name="order_letters"),
    path("orders/<reference:order>/letters/<int:number>/given", views.order_letter_given, name="order_letter_given"),
    path("orders/<reference:order>/letters/<slug:about>/<reference:person>", views.order_letter, name="order_letter"),
    path(
        "orders/<reference:order>/letters/<slug:about>/respondent",
        views.order_letter_respondent,
        name="order_letter_respondent",
    ),
]
