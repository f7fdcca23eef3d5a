from django.urls import path

from . import views

urlpatterns = [
    path("burden/", views.page, name="burden"),
    path("burden/fields/", views.fields, name="burden_fields"),
    path("kept/", views.kept, name="burden_kept"),
]
