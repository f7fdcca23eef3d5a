from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "anwang.features.reports"
    label = "reports"
    verbose_name = "举报"
