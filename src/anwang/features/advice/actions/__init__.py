"""Asking and answering, passing on, telling; answers used again; notices issued and relayed; material kept."""

from .answering import add, answer, reopen, tell, withdraw
from .asking import Asking, ask
from .at_once import ask_at_once
from .handing import hand_over
from .library import EntryData, import_entries, keep_entry, set_entry_state
from .materials import MaterialData, keep_material, restore_material, withdraw_material
from .notices import Attached, NoticeData, drop_notice, issue_notice, keep_notice, recall_notice
from .passing import pass_on
from .relaying import confirm_receipt, note_export, relay, unrelay
from .settling import settle_questions
from .tidying import forget_numbers

__all__ = [
    "Asking",
    "Attached",
    "EntryData",
    "MaterialData",
    "NoticeData",
    "add",
    "answer",
    "ask",
    "ask_at_once",
    "confirm_receipt",
    "drop_notice",
    "forget_numbers",
    "hand_over",
    "import_entries",
    "issue_notice",
    "keep_entry",
    "keep_material",
    "keep_notice",
    "note_export",
    "pass_on",
    "recall_notice",
    "relay",
    "reopen",
    "restore_material",
    "set_entry_state",
    "settle_questions",
    "tell",
    "unrelay",
    "withdraw",
    "withdraw_material",
]
