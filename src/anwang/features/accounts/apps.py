from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "anwang.features.accounts"
    label = "accounts"
    verbose_name = "账户"
