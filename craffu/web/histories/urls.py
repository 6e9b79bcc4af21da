from django.urls import path

from craffu.web.histories import print_views, views

urlpatterns = [
    path("people/<reference:person>/breaches", views.person_breaches, name="person_breaches"),
    path("people/<reference:person>/breaches/print", print_views.breaches_print, name="breaches_print"),
    path(
        "people/<reference:person>/breaches/printed/<int:number>", print_views.breaches_printed, name="breaches_printed"
    ),
    path("people/<reference:person>/breaches/answer", print_views.breaches_answer, name="breaches_answer"),
]
