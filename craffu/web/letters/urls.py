from django.urls import path

from craffu.web.letters import views

urlpatterns = [
    path("print-queue", views.print_queue, name="print_queue"),
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
