from django.urls import path

from . import views
from .views import feedback, regrid

urlpatterns = [
    path("", views.home, name="home"),
    path("grid/regrid/", regrid.start, name="regrid"),
    path("grid/regrid/preview/", regrid.preview, name="regrid_preview"),
    path("grid/regrid/apply/", regrid.apply, name="regrid_apply"),
    path("feedback/", feedback.feedback, name="feedback"),
    path("feedback/list/", feedback.listing, name="feedback_list"),
    path("feedback/<int:feedback_id>/answer/", feedback.answer, name="feedback_answer"),
    path("my/enterprises/", views.my_enterprises, name="my_enterprises"),
]
