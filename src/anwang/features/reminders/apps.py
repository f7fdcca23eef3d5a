from django.apps import AppConfig


class RemindersConfig(AppConfig):
    name = "anwang.features.reminders"
    label = "reminders"
    verbose_name = "提醒"
