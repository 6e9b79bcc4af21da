from django.apps import AppConfig


class ScrutinyConfig(AppConfig):
    name = "craffu.scrutiny"
    label = "scrutiny"
