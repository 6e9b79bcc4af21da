from django.urls import path

from craffu.web.work import views

urlpatterns = [
    path("queues/cover", views.queue_cover, name="queue_cover"),
    path("queues/<slug:queue>", views.work_queue, name="queue"),
    path("queues/<slug:queue>/tasks", views.work_queue, name="queue_tasks"),
]
