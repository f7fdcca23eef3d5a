from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "anwang.features.notices"
    label = "notices"
    verbose_name = "消息"
