from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "craffu.audit"
    label = "audit"
