"""A model field that is plain text in Python and ciphertext in the database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models

from . import blind_index, decrypt, encrypt

# Bytes in the database, text everywhere else: to the type checker it is text.
if TYPE_CHECKING:
    _Base = models.TextField
else:
    _Base = models.BinaryField


class EncryptedTextField(_Base):
    """Personal data. `purpose` and `retention` make the register of personal columns."""

    def __init__(self, *args: Any, purpose: str = "", retention: str = "", **kwargs: Any) -> None:
        self.purpose, self.retention = purpose, retention
        kwargs.setdefault("editable", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("editable", None)
        return name, path, args, {**kwargs, "purpose": self.purpose, "retention": self.retention}

    @property
    def _context(self) -> str:
        return f"{self.model._meta.db_table}.{self.column}"

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if isinstance(value, str):
            value = encrypt(value, folder=str(settings.KEYS_DIR), context=self._context) if value else b""
        return super().get_db_prep_value(value, connection, prepared)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> str:
        data = bytes(value or b"")
        return decrypt(data, folder=str(settings.KEYS_DIR), context=self._context) if data else ""

    def get_default(self) -> str:
        return ""

    def _check_str_default_value(self) -> list[Any]:
        return []  # to Python it is text; only the database sees bytes

    def to_python(self, value: Any) -> Any:
        return value


def phone_index(phone: str) -> str:
    """The blind index of a phone number; '' for none."""
    return blind_index(phone, folder=str(settings.KEYS_DIR)) if phone else ""


def masked(phone: str) -> str:
    """138****1234: enough to recognise, not to ring."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 8 else "*" * len(phone)
