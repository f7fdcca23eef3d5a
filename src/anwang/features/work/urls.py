from django.urls import path

from . import views

urlpatterns = [
    path("work/", views.listing, name="work_list"),
    path("work/<uuid:work_id>/", views.status, name="work_status"),
    path("work/<uuid:work_id>/file/", views.file, name="work_file"),
]
