from django.urls import path

from . import views

urlpatterns = [
    path("", views.home, name="home"),
    path("my/enterprises/", views.my_enterprises, name="my_enterprises"),
]
