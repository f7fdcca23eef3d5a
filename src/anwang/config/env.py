"""Typed readers of the environment. A bad value stops the start with an instruction."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TRUE, FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}


def text(name: str, default: str = "", *, env: Mapping[str, str] = os.environ) -> str:
    """The variable, or the content of the file that `NAME_FILE` names (for secrets)."""
    if path := env.get(f"{name}_FILE"):
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ImproperlyConfigured(
                f"{name}_FILE：读不到 {path}（{error.strerror}）。请改正路径或删去该变量。"
            ) from error
    return env.get(name, default)


def flag(name: str, default: bool = False, *, env: Mapping[str, str] = os.environ) -> bool:
    """A yes/no variable."""
    value = env.get(name)
    if value is None:
        return default
    if value.lower() in TRUE | FALSE:
        return value.lower() in TRUE
    raise ImproperlyConfigured(f"{name}={value}：应为 1 或 0。")


def number(name: str, default: int, *, low: int, high: int, env: Mapping[str, str] = os.environ) -> int:
    """A whole number within bounds."""
    value = env.get(name)
    if value is None:
        return default
    if value.isdigit() and low <= int(value) <= high:
        return int(value)
    raise ImproperlyConfigured(f"{name}={value}：应为 {low} 到 {high} 的整数。")


def words(name: str, default: str = "", *, env: Mapping[str, str] = os.environ) -> list[str]:
    """A comma-separated list."""
    return [word.strip() for word in env.get(name, default).split(",") if word.strip()]


def database(url: str, folder: Path) -> dict[str, Any]:
    """Django's DATABASES entry for DATABASE_URL; empty means SQLite in the data folder."""
    if not url:
        return sqlite(folder / "anwang.sqlite3")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return sqlite(Path(unquote(parts.path)))
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(
            "DATABASE_URL：只支持 sqlite:/// 与 postgresql://，例如 postgresql://user@127.0.0.1:5432/anwang。"
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(parts.query)),
    }


#: Scheme of ANWANG_MAIL_URL → how the connection is secured, and the usual port.
MAIL = {"smtp": ({}, 25), "smtp+starttls": ({"EMAIL_USE_TLS": True}, 587), "smtps": ({"EMAIL_USE_SSL": True}, 465)}


def mail(url: str, sender: str) -> dict[str, Any]:
    """Django's EMAIL settings for ANWANG_MAIL_URL and ANWANG_MAIL_FROM; without a URL nothing is sent."""
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme not in MAIL or not parts.hostname:
        raise ImproperlyConfigured(
            "ANWANG_MAIL_URL：只支持 smtp://、smtp+starttls:// 与 smtps://，例如 smtps://user:password@mail.example:465。"
            "密码中的 @ / : 等字符请写成 %40 %2F %3A。"
        )
    if not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+", sender):
        raise ImproperlyConfigured("ANWANG_MAIL_FROM：请写发件地址，例如 anwang@mail.example。")
    secured, usual = MAIL[parts.scheme]
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port or usual,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_TIMEOUT": 15,
        "DEFAULT_FROM_EMAIL": sender,
        **secured,
    }


def sqlite(path: Path) -> dict[str, Any]:
    """SQLite so that an acknowledged write survives a power cut and writers queue instead of failing."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": None,  # opening anew for every request costs 3 ms and the page cache
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
            "PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY; PRAGMA mmap_size=268435456;",
        },
    }
