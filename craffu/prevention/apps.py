from django.apps import AppConfig


class PreventionConfig(AppConfig):
    name = "craffu.prevention"
    label = "prevention"
