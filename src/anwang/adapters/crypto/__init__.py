"""Encryption of personal data at rest: AES-256-GCM, and a blind index to find equal values."""

from __future__ import annotations

import hashlib
import hmac
import os
import tempfile
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

PREFIX = b"\x01"


def load_or_create_key(path: Path, length: int = 32) -> bytes:
    """The key in `path`, created with owner-only rights when there is none. Starters at once agree on one key."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists():
        _create_key(path, length)
    key = path.read_bytes()
    if len(key) < length:
        raise ValueError(f"密钥文件 {path} 已损坏：请从备份恢复，切勿删除。")
    return key


def _create_key(path: Path, length: int) -> None:
    """Write the whole key aside and link it into place: nobody ever reads half a key, the first one wins."""
    descriptor, aside = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(descriptor, "wb") as file:
        file.write(os.urandom(length))
        file.flush()
        os.fsync(file.fileno())
    with suppress(FileExistsError):
        os.link(aside, path)
    os.unlink(aside)


@lru_cache(maxsize=4)
def _ciphers(folder: str) -> tuple[AESGCM, bytes]:
    key = load_or_create_key(Path(folder) / "data.key")
    return AESGCM(key[:32]), hashlib.sha256(b"blind index" + key).digest()


def encrypt(text: str, *, folder: str, context: str) -> bytes:
    """Ciphertext of `text` under the data key; `context` (table.column) is bound to it."""
    nonce = os.urandom(12)
    return PREFIX + nonce + _ciphers(folder)[0].encrypt(nonce, text.encode(), context.encode())


def decrypt(data: bytes, *, folder: str, context: str) -> str:
    """The text again. ValueError when the key or the context is another."""
    try:
        return _ciphers(folder)[0].decrypt(data[1:13], data[13:], context.encode()).decode()
    except InvalidTag as error:
        raise ValueError("数据密钥不符：请恢复与本数据库配套的密钥文件。") from error


def blind_index(text: str, *, folder: str) -> str:
    """A keyed digest by which equal values are found without decrypting (32 hex digits)."""
    return hmac.new(_ciphers(folder)[1], text.encode(), hashlib.sha256).hexdigest()[:32]
