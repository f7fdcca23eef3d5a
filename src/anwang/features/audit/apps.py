from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "anwang.features.audit"
    label = "audit"
    verbose_name = "审计"
