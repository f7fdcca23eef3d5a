from django.urls import path

from . import views

urlpatterns = [
    path("v/", views.form, name="document_verify_form"),
    path("v/<str:token>/", views.verify, name="document_verify"),
]
