from django.apps import AppConfig


class DutiesConfig(AppConfig):
    name = "anwang.features.duties"
    label = "duties"
    verbose_name = "履职"
