from django.urls import path

from . import views

urlpatterns = [path("policy/", views.page, name="policy_page")]
