"""Which pages of the enterprise's side open to its staff: by what its principal gave, and by nothing else."""

from __future__ import annotations

from anwang.domain.base import Actor, Right

_EVERY = frozenset(Right)
_SEEN = frozenset({Right.SEE, Right.ASK})
_SHEET = frozenset({Right.SEE, Right.NOTICES})
_OWN_FACTS = frozenset({Right.SEE, Right.DECLARE})
#: Page → the rights of an enterprise's staff that open it, each by itself. A page of the principal that is not here is
#: the principal's alone: what is added later is closed to staff until somebody decides.
STAFF: dict[str, frozenset[Right]] = {
    **dict.fromkeys(
        ("home", "message_list", "message_open", "message_open_all", "message_settings", "message_address",
         "message_verify", "message_switch", "message_forget", "reminder_preview"),
        _EVERY,
    ),
    **dict.fromkeys(
        ("obligation_detail", "contact_list", "contact_detail", "contact_photo", "contact_photo_small", "contact_sheet",
         "contact_sheet_image", "enterprise", "assignment_history", "commitment", "commitment_file", "own_papers",
         "calendar_address", "calendar_revoke"),
        frozenset({Right.SEE}),
    ),
    **dict.fromkeys(("visit_firm", "visit_detail"), _SEEN),
    **dict.fromkeys(("posting", "posting_file", "posting_photo"), _SHEET),
    "own_profile": _OWN_FACTS,
    **dict.fromkeys(
        ("own_facts", "own_status", "own_point_new", "own_point", "own_point_gone", "own_affirm", "declaration",
         "declaration_withdraw"),
        frozenset({Right.DECLARE}),
    ),
    **dict.fromkeys(
        ("problem_list", "problem_new", "problem_detail", "problem_act", "problem_file", "problem_letter"),
        frozenset({Right.RECTIFY}),
    ),
    **dict.fromkeys(
        ("question_ask", "question_detail", "question_tell", "question_reopen", "question_withdraw", "entry_list",
         "entry_detail", "wish_new", "wish_withdraw"),
        frozenset({Right.ASK}),
    ),
    **dict.fromkeys(
        ("relay_list", "relay_detail", "relay_file", "relay_confirm", "material_list", "material_detail",
         "material_file", "posting_confirm", "posting_withdraw"),
        frozenset({Right.NOTICES}),
    ),
    **dict.fromkeys(
        ("own_visits", "visit_rate", "complaint_list", "complaint_new", "complaint", "complaint_settle",
         "complaint_raise", "complaint_withdraw"),
        frozenset({Right.COMPLAIN}),
    ),
}  # fmt: skip


def staff_opens(by: Actor, page: str) -> bool:
    """Whether what was given opens a page; for whoever is not staff of an enterprise nothing needs to be given."""
    return by.rights is None or not by.rights.isdisjoint(STAFF.get(page, frozenset()))
