from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "anwang.features.documents"
    label = "documents"
    verbose_name = "文书"
