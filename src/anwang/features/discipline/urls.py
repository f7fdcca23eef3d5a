from django.urls import path

from .views import complaints, leaders, visits

urlpatterns = [
    path("our-visits/", visits.listing, name="own_visits"),
    path("our-visits/<int:contact_id>/rate/", visits.rate, name="visit_rate"),
    path("complaints/", complaints.listing, name="complaint_list"),
    path("complaints/new/", complaints.new, name="complaint_new"),
    path("complaints/<int:complaint_id>/", complaints.page, name="complaint"),
    path("complaints/<int:complaint_id>/take/", complaints.take, name="complaint_take"),
    path("complaints/<int:complaint_id>/answer/", complaints.answer, name="complaint_answer"),
    path("complaints/<int:complaint_id>/settle/", complaints.settle, name="complaint_settle"),
    path("complaints/<int:complaint_id>/raise/", complaints.raise_again, name="complaint_raise"),
    path("complaints/<int:complaint_id>/withdraw/", complaints.withdraw, name="complaint_withdraw"),
    path("discipline/often/", leaders.often, name="visits_often"),
    path("discipline/often/export/", leaders.export, name="visits_often_export"),
    path("discipline/opinions/", leaders.opinions, name="visit_opinions"),
]
