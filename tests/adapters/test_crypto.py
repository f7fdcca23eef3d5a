"""Personal data at rest."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anwang.adapters import crypto
from anwang.adapters.crypto.fields import masked


@given(text=st.text(max_size=60))
def test_what_is_encrypted_comes_back(tmp_path_factory, text):
    folder = str(tmp_path_factory.getbasetemp() / "keys")
    assert crypto.decrypt(crypto.encrypt(text, folder=folder, context="t.c"), folder=folder, context="t.c") == text


def test_ciphertext_moved_to_another_column_does_not_open(tmp_path):
    data = crypto.encrypt("13800000000", folder=str(tmp_path), context="person.phone")
    with pytest.raises(ValueError, match="密钥"):
        crypto.decrypt(data, folder=str(tmp_path), context="enterprise.phone")


def test_the_same_text_encrypts_differently_and_indexes_alike(tmp_path):
    folder = str(tmp_path)
    assert crypto.encrypt("1", folder=folder, context="a") != crypto.encrypt("1", folder=folder, context="a")
    assert crypto.blind_index("1", folder=folder) == crypto.blind_index("1", folder=folder)


def test_two_starters_agree_on_one_key(tmp_path):
    path = tmp_path / "keys" / "data.key"
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: crypto.load_or_create_key(path), range(16)))
    assert len(keys) == 1


def test_a_new_key_is_readable_by_its_owner_alone(tmp_path):
    crypto.load_or_create_key(tmp_path / "data.key")
    assert (tmp_path / "data.key").stat().st_mode & 0o777 == 0o600


def test_a_damaged_key_file_says_restore_and_never_delete(tmp_path):
    (tmp_path / "data.key").write_bytes(b"short")
    with pytest.raises(ValueError, match="备份"):
        crypto.load_or_create_key(tmp_path / "data.key")


@pytest.mark.parametrize(
    ("phone", "shown"), [("13812341234", "138****1234"), ("0539-8888888", "053****8888"), ("110", "***")]
)
def test_a_phone_is_shown_masked(phone, shown):
    assert masked(phone) == shown
