from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "anwang.features.demo"
    label = "demo"
    verbose_name = "示例"
