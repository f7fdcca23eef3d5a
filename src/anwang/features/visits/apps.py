from django.apps import AppConfig


class VisitsConfig(AppConfig):
    name = "anwang.features.visits"
    label = "visits"
    verbose_name = "督导安排"
