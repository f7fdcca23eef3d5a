from django.urls import path

from . import views

urlpatterns = [
    path("messages/", views.listing, name="message_list"),
    path("messages/<uuid:message_id>/", views.opened, name="message_open"),
    path("messages/open-all/", views.open_all, name="message_open_all"),
    path("messages/settings/", views.settings, name="message_settings"),
    path("messages/settings/address/", views.address, name="message_address"),
    path("messages/settings/verify/", views.verify, name="message_verify"),
    path("messages/settings/switch/", views.switch, name="message_switch"),
    path("messages/settings/forget/", views.forget, name="message_forget"),
    path("messages/deliveries/", views.deliveries, name="delivery_list"),
    path("messages/deliveries/retry/", views.retry, name="delivery_retry"),
]
