from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "craffu.intake"
    label = "intake"
