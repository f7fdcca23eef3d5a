"""Sealing of who reported and in which words: a key of its own, so that the data key alone opens nothing."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from functools import lru_cache
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from . import PREFIX, load_or_create_key

KEY_FILE = "reporters.key"
#: Sealed records are filled up to a multiple of this: their length says nothing of what is in them.
BLOCK = 1024


@lru_cache(maxsize=4)
def _keys(folder: str) -> tuple[AESGCM, bytes]:
    key = load_or_create_key(Path(folder) / KEY_FILE)
    return AESGCM(key[:32]), hashlib.sha256(b"receipts and marks" + key).digest()


def seal(data: bytes, *, folder: str, context: str) -> bytes:
    """Ciphertext under the reporters' key; `context` (what it belongs to) is bound to it."""
    nonce = os.urandom(12)
    return PREFIX + nonce + _keys(folder)[0].encrypt(nonce, data, context.encode())


def unseal(data: bytes, *, folder: str, context: str) -> bytes:
    """The bytes again. ValueError when the key or the context is another."""
    data = bytes(data)
    try:
        return _keys(folder)[0].decrypt(data[1:13], data[13:], context.encode())
    except InvalidTag as error:
        raise ValueError("举报人密钥不符：请恢复与本数据库配套的 reporters.key。") from error


def seal_record(record: dict[str, Any], *, folder: str, context: str) -> bytes:
    """A record as JSON, filled up with spaces."""
    text = json.dumps(record, ensure_ascii=False).encode()
    return seal(text.ljust(-(-len(text) // BLOCK) * BLOCK), folder=folder, context=context)


def unseal_record(data: bytes, *, folder: str, context: str) -> dict[str, Any]:
    """The record again."""
    found: dict[str, Any] = json.loads(unseal(data, folder=folder, context=context))
    return found


def mark(text: str, *, folder: str) -> str:
    """A keyed digest (64 hex digits): a receipt's code, a record's place. Without the key it joins nothing."""
    return hmac.new(_keys(folder)[1], text.encode(), hashlib.sha256).hexdigest()


def receipt_secret(nonce: str, *, folder: str) -> bytes:
    """80 bits made from a form's own number: the same form sent again, because its answer was lost, gets the same."""
    return hmac.new(_keys(folder)[1], b"receipt:" + nonce.encode(), hashlib.sha256).digest()[:10]
