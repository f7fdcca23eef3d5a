from django.urls import path

from . import views

urlpatterns = [
    path("reminders/", views.preview, name="reminder_preview"),
    path("reminders/calendar/", views.address, name="calendar_address"),
    path("reminders/calendar/revoke/", views.revoke, name="calendar_revoke"),
    path("calendar/<str:token>.ics", views.feed, name="calendar_feed"),
]
