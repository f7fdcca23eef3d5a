from django.urls import path

from . import views

urlpatterns = [
    path("table/", views.table, name="leader_table"),
    path("table/rows/", views.rows, name="leader_rows"),
    path("table/export/", views.export, name="leader_table_export"),
]
