from django.urls import path

from craffu.web.meetings import attending_views, item_views, minutes_views, views

urlpatterns = [
    path("meetings", views.meeting_list, name="meeting_list"),
    path("meetings/new", views.meeting_new, name="meeting_new"),
    path("meetings/<reference:meeting>", views.meeting_detail, name="meeting_detail"),
    path("meetings/<reference:meeting>/members", views.meeting_members, name="meeting_members"),
    path("meetings/<reference:meeting>/chair", views.meeting_chair, name="meeting_chair"),
    path("meetings/<reference:meeting>/call-off", views.meeting_call_off, name="meeting_call_off"),
    path("meetings/<reference:meeting>/agencies", attending_views.meeting_agency, name="meeting_agency"),
    path("meetings/<reference:meeting>/attendance", attending_views.meeting_attendance, name="meeting_attendance"),
    path(
        "meetings/<reference:meeting>/attendance/<int:number>",
        attending_views.meeting_undertaking,
        name="meeting_undertaking",
    ),
    path("meetings/<reference:meeting>/items/<int:item>", item_views.meeting_item, name="meeting_item"),
    path(
        "meetings/<reference:meeting>/items/<int:item>/actions/new",
        item_views.meeting_action_new,
        name="meeting_action_new",
    ),
    path(
        "meetings/<reference:meeting>/items/<int:item>/actions/<int:number>",
        item_views.meeting_action,
        name="meeting_action",
    ),
    path("people/<reference:person>/propose", item_views.meeting_propose, name="meeting_propose"),
    path("meetings/<reference:meeting>/approve", minutes_views.meeting_approve, name="meeting_approve"),
    path("meetings/<reference:meeting>/corrections", minutes_views.meeting_correct, name="meeting_correct"),
    path("meetings/<reference:meeting>/print", minutes_views.meeting_print, name="meeting_print"),
    path("meetings/<reference:meeting>/print/<int:agency>", minutes_views.meeting_print, name="meeting_print_agency"),
    path("meetings/<reference:meeting>/printed/<int:number>", minutes_views.meeting_printed, name="meeting_printed"),
]
