"""People and their sign-ins. What a person may do comes from posts (grid), never from here."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models

from anwang.adapters.crypto.fields import EncryptedTextField, masked


class Person(models.Model):
    """A human being known to the network: an official, an enterprise's principal or staff, an administrator."""

    name = models.CharField(max_length=60)
    phone = EncryptedTextField(
        blank=True, default="", purpose="包保联系与督导电话（三.2）", retention="离任后 3 年", verbose_name="联系电话"
    )
    phone_index = models.CharField(max_length=32, blank=True, default="", db_index=True)
    office_phone = models.CharField(max_length=40, blank=True, default="")
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["name"], name="person_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def masked_phone(self) -> str:
        """138****1234, or nothing."""
        return masked(self.phone)


class User(AbstractUser):
    """A sign-in. At most one a person."""

    person = models.OneToOneField(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="user")
    current_post = models.BigIntegerField(null=True, blank=True, help_text="the post worn now (grid.Post id)")
    language = models.CharField(max_length=10, blank=True, default="", help_text="chosen; empty: the device's")
    must_change = models.BooleanField(default=False, help_text="the password was given by an administrator")
    # Nothing of ours tells how often or when a person signs in (red line 1): the column does not exist.
    last_login = None
