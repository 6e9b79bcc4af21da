from django.urls import path

from craffu.web.papers import views, wording_views

urlpatterns = [
    path("orders/<reference:order>/card", views.order_card, name="order_card"),
    path("orders/<reference:order>/papers", views.order_papers, name="order_papers"),
    path("orders/<reference:order>/papers/print/<slug:kind>", views.order_paper_print, name="order_paper_print"),
    path("orders/<reference:order>/papers/printed/<int:number>", views.order_paper_printed, name="order_paper_printed"),
    path(
        "orders/<reference:order>/papers/printed/<int:number>/given", views.order_paper_given, name="order_paper_given"
    ),
    path("orders/<reference:order>/papers/<int:number>/mark", views.order_paper_mark, name="order_paper_mark"),
    path("orders/<reference:order>/text/<slug:system>", views.order_text, name="order_text"),
    path("settings/wording", wording_views.order_wordings, name="order_wordings"),
    path("settings/wording/<slug:key>/<slug:spoken>", wording_views.order_wording, name="order_wording"),
]
