from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "craffu.cases"
    label = "cases"
