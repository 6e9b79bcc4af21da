from django.urls import path

from craffu.web.work import calendars, views

urlpatterns = [
    path("account/calendar", calendars.account_calendar, name="account_calendar"),
    path("calendars/<int:number>/<slug:secret>", calendars.calendar_feed, name="calendar_feed"),
    path("queues/cover", views.queue_cover, name="queue_cover"),
    path("queues/<slug:queue>", views.work_queue, name="queue"),
    path("queues/<slug:queue>/tasks", views.work_queue, name="queue_tasks"),
]
