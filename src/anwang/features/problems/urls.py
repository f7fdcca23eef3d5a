from django.urls import path

from . import views

P = "problems/<int:problem_id>/"
urlpatterns = [
    path("problems/", views.listing, name="problem_list"),
    path("problems/new/", views.new, name="problem_new"),
    path("problems/ageing/", views.ageing, name="problem_ageing"),
    path("problems/export/", views.export, name="problem_export"),
    path("problems/files/<int:problem_file_id>/", views.file, name="problem_file"),
    path(P, views.detail, name="problem_detail"),
    path(P + "acts/<slug:act>/", views.do, name="problem_act"),
    path(P + "letter.<slug:form>", views.letter, name="problem_letter"),
]
