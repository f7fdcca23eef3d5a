from django.apps import AppConfig


class WorkConfig(AppConfig):
    name = "anwang.features.work"
    label = "work"
    verbose_name = "长任务"
