from django.apps import AppConfig


class HintsConfig(AppConfig):
    name = "anwang.features.hints"
    label = "hints"
    verbose_name = "真实性提示"
