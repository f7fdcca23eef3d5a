from django.apps import AppConfig


class AdviceConfig(AppConfig):
    name = "anwang.features.advice"
    label = "advice"
    verbose_name = "首问与政策"
