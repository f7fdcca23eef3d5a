from django.apps import AppConfig


class DispatchConfig(AppConfig):
    name = "anwang.features.dispatch"
    label = "dispatch"
    verbose_name = "任务调度"
