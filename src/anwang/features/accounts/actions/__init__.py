"""People and their sign-ins. What they may do comes from posts (grid)."""

from .people import PersonData, change_person, create_people, unmask_phone
from .sign_ins import (
    Opened,
    change_own_password,
    choose_language,
    drop_second_factor,
    follow_posts,
    forget_factor_use,
    give_sign_in,
    lock_sign_in,
    note_refused_sign_in,
    open_sign_in,
    open_sign_ins,
    reset_password,
    unlock_sign_in,
    wear_post,
)

__all__ = [
    "Opened",
    "PersonData",
    "change_own_password",
    "change_person",
    "choose_language",
    "create_people",
    "drop_second_factor",
    "follow_posts",
    "forget_factor_use",
    "give_sign_in",
    "lock_sign_in",
    "note_refused_sign_in",
    "open_sign_in",
    "open_sign_ins",
    "reset_password",
    "unlock_sign_in",
    "unmask_phone",
    "wear_post",
]
