"""Who may open which page of this feature, and who may ask, answer, pass on, issue, relay and keep what."""

from __future__ import annotations

from anwang.domain.base import ALLOWED, Actor, Decision, Right, Role, gettext_noop, given, refuse

from .queries.who import is_enterprise

FIELD = frozenset({Role.SUPERVISOR, Role.LEADER, Role.OFFICE})
DESK = FIELD | {Role.DEPARTMENT}
LINE = frozenset({Role.LEADER, Role.OFFICE})
OFFICE = frozenset({Role.OFFICE})
PRINCIPAL = frozenset({Role.PRINCIPAL})
READERS = DESK | PRINCIPAL
PAGES: dict[str, frozenset[Role] | str] = {
    "question_list": DESK,
    "question_new": FIELD,
    "question_ask": PRINCIPAL,
    "question_detail": READERS,
    "question_answer": DESK,
    "question_add": DESK,
    "question_pass": DESK,
    "question_tell": READERS,
    "question_reopen": READERS,
    "question_withdraw": READERS,
    "entry_list": READERS,
    "entry_detail": READERS,
    "entry_new": OFFICE,
    "entry_edit": OFFICE,
    "entry_state": OFFICE,
    "relay_list": READERS,
    "relay_new": OFFICE,
    "relay_detail": READERS,
    "relay_edit": OFFICE,
    "relay_drop": OFFICE,
    "relay_issue": OFFICE,
    "relay_recall": OFFICE,
    "relay_mark": FIELD,
    "relay_unmark": FIELD,
    "relay_confirm": PRINCIPAL,
    "relay_progress": LINE,
    "relay_rows": LINE,
    "relay_export": LINE,
    "relay_file": READERS,
    "material_list": READERS,
    "material_new": OFFICE,
    "material_detail": READERS,
    "material_file": READERS,
    "material_withdraw": OFFICE,
    "material_restore": OFFICE,
}
MENU = [
    {"order": 15, "url": "question_list", "label": gettext_noop("首问答复"), "icon": "message-question",
     "also": ("question_detail", "question_new")},
    {"order": 15, "url": "question_ask", "label": gettext_noop("提问咨询"), "icon": "message-question",
     "also": ("question_detail",)},
    {"order": 16, "url": "relay_list", "label": gettext_noop("政策通知"), "icon": "speakerphone",
     "also": ("relay_detail", "relay_new", "relay_edit", "relay_progress", "relay_rows")},
    {"order": 17, "url": "entry_list", "label": gettext_noop("常用解答"), "icon": "books",
     "also": ("entry_detail", "entry_new", "entry_edit")},
    {"order": 18, "url": "material_list", "label": gettext_noop("警示教育资料"), "icon": "movie",
     "also": ("material_detail", "material_new")},
]  # fmt: skip
_NO_QUESTION = gettext_noop("没有找到这个问题，或它不在您的范围内。")


def may_ask(actor: Actor, visible: bool, first_bound: bool, own: bool) -> Decision:
    """An enterprise asks one of its supervisors; who was asked records it; an office or leader records it for them.

    `own`: the first asked is the actor; `first_bound`: the first asked is bound to the enterprise.
    """
    if not visible:
        return refuse("not_found", gettext_noop("没有找到这家企业，或它不在您的网格内。"))
    if is_enterprise(actor) and not first_bound:
        return refuse("not_bound", gettext_noop("请选择本企业的安全专员；还没有确定的，请致电当地应急管理部门。"))
    if not is_enterprise(actor) and not own and not (first_bound and actor.has(*LINE)):
        text = gettext_noop("只能登记企业问您本人的问题；代他人登记请由办公室或网格长进行。")
        return refuse("not_yours", text, clause="附件4.1")
    return ALLOWED


def may_work(actor: Actor, people: frozenset[int | None] | None) -> Decision:
    """Answer, pass on, tell: who has the question, who was first asked, offices and leaders that see it.

    `people`: first asked and present holder; None: the question is not to be seen."""
    if people is None or is_enterprise(actor):
        return refuse("not_found", _NO_QUESTION)
    if actor.person_id in people or actor.has(*LINE):
        return ALLOWED
    text = gettext_noop("这个问题由他人办理，不能代为答复；需要时请办理人转办给您。")
    return refuse("not_yours", text, clause="附件4.1")


def may_speak_for_asker(actor: Actor, people: frozenset[int | None] | None) -> Decision:
    """Say that the answer is known, or is none: the enterprise itself, or whoever works on the question for it."""
    if people is not None and is_enterprise(actor):
        return given(actor, Right.ASK)
    return may_work(actor, people)


def may_keep(actor: Actor, unit: int | None) -> Decision:
    """The office keeps answers, notices and material of its territory. `unit` None: not to be seen."""
    if unit is None or not actor.territory.covers(unit):
        return refuse("not_found", gettext_noop("没有找到，或它不在您的网格内。"))
    if not actor.has(Role.OFFICE):
        return refuse("not_office", gettext_noop("由办公室办理，请与本级办公室联系。"))
    return ALLOWED


def may_relay(actor: Actor, all_mine: bool) -> Decision:
    """Supervisors relay to the enterprises they are bound to; office and leader record it for the place."""
    if all_mine or actor.has(*LINE):
        return ALLOWED
    return refuse("not_yours", gettext_noop("其中有企业不由您包保，请只标记自己的企业。"), clause="附件4.1")
