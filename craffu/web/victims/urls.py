from django.urls import path

from craffu.web.victims import agreement_views, views

urlpatterns = [
    path("victims", views.victim_list, name="victim_list"),
    path("victims/<reference:victim>", views.victim_detail, name="victim_detail"),
    path("victims/<reference:victim>/protected", views.victim_protected, name="victim_protected"),
    path("victims/<reference:victim>/contacts", views.victim_contacts, name="victim_contacts"),
    path("victims/<reference:victim>/contacts/new", views.victim_contact_new, name="victim_contact_new"),
    path("victims/<reference:victim>/promises/new", views.victim_promise_new, name="victim_promise_new"),
    path(
        "victims/<reference:victim>/promises/<int:promise>/excuse",
        views.victim_promise_excuse,
        name="victim_promise_excuse",
    ),
    path("victims/<reference:victim>/happened", views.victim_happened, name="victim_happened"),
    path(
        "victims/<reference:victim>/happened/<int:happening>/strike",
        views.victim_happened_strike,
        name="victim_happened_strike",
    ),
    path("victims/<reference:victim>/agreement", agreement_views.agreement_page, name="agreement"),
    path("victims/<reference:victim>/agreement/copy", agreement_views.agreement_copy, name="agreement_copy"),
    path("victims/<reference:victim>/agreement/check", agreement_views.agreement_check, name="agreement_check"),
    path(
        "victims/<reference:victim>/agreement/unchanged",
        agreement_views.agreement_unchanged,
        name="agreement_unchanged",
    ),
    path("victims/<reference:victim>/agreement/drop", agreement_views.agreement_drop, name="agreement_drop"),
    path("victims/<reference:victim>/agreement/decline", agreement_views.agreement_decline, name="agreement_decline"),
    path("victims/<reference:victim>/agreement/feared-date", agreement_views.feared_date, name="feared_date"),
    path("victims/<reference:victim>/agreement/<slug:part>", agreement_views.agreement_part, name="agreement_part"),
]
