from django.urls import path

from . import views

urlpatterns = [
    path("policy/", views.page, name="policy_page"),
    path("policy/<str:code>/", views.clause, name="policy_clause"),
]
