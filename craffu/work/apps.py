from django.apps import AppConfig


class WorkConfig(AppConfig):
    name = "craffu.work"
    label = "work"
