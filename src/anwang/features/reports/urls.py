from django.urls import path

from .views import clerks, desk, follow, public, raising, unsealing

urlpatterns = [
    path("report/", public.start, name="report_start"),
    path("report/at/<str:key>/", public.new, name="report_new"),
    path("report/follow/", follow.follow, name="report_follow"),
    path("reports/", desk.listing, name="report_list"),
    path("reports/words/", clerks.listing, name="report_words"),
    path("reports/words/<int:report_id>/", clerks.retell, name="report_words_of"),
    path("reports/call/", clerks.call, name="report_call"),
    path("reports/unsealings/", unsealing.listing, name="report_unsealings"),
    path("reports/unsealings/<int:unsealing_id>/", unsealing.page, name="report_unsealing"),
    path("reports/unsealings/<int:unsealing_id>/show/", unsealing.show, name="report_unsealing_show"),
    path("reports/<int:report_id>/", desk.page, name="report"),
    path("reports/<int:report_id>/accept/", desk.accept, name="report_accept"),
    path("reports/<int:report_id>/ask/", desk.ask, name="report_ask"),
    path("reports/<int:report_id>/answer/", desk.answer, name="report_answer"),
    path("reports/<int:report_id>/problem/", raising.page, name="report_problem"),
    path("reports/<int:report_id>/close/", desk.close, name="report_close"),
    path("reports/<int:report_id>/followed/<int:follow_up_id>/", desk.followed, name="report_followed"),
    path("reports/<int:report_id>/photos/<int:report_photo_id>/", desk.photo, name="report_photo"),
]
