from django.urls import path

from . import views

urlpatterns = [
    path("table/", views.table, name="leader_table"),
    path("table/rows/", views.rows, name="leader_rows"),
    path("table/export/", views.export, name="leader_table_export"),
    path("papers/", views.listing, name="paper_list"),
    path("papers/make/", views.make, name="paper_make"),
    path("papers/attachment5/", views.attachment5, name="attachment5"),
    path("papers/<int:paper_id>/", views.download, name="paper_download"),
]
