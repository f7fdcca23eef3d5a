"""Staff of an enterprise with part of its principal's access (N10): what may be given, to whom, for how long."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from anwang.domain.base import ALLOWED, Decision, Right, gettext_noop, refuse

#: An access ends by itself: at the latest after a year, so that nobody keeps one who has long left.
LONGEST = timedelta(days=366)
#: What is given when nothing else is said.
USUAL = timedelta(days=365)
#: How long after the enterprise moved to another place an access may stay unconfirmed.
REVIEW = timedelta(days=30)
#: People with an access or an open invitation at one time.
MOST = 20

RIGHT_LABELS = {
    Right.SEE: gettext_noop("查看督导和文书"),
    Right.RECTIFY: gettext_noop("整改问题"),
    Right.DECLARE: gettext_noop("申报企业资料"),
    Right.ASK: gettext_noop("提问和约时间"),
    Right.NOTICES: gettext_noop("签收通知"),
    Right.COMPLAIN: gettext_noop("评价和投诉"),
}
RIGHT_NOTES = {
    Right.SEE: gettext_noop("安全专员是谁、近期来访、督导记录、承诺书和公示牌"),
    Right.RECTIFY: gettext_noop("看到本企业的问题，上报、整改并附照片，申请延期"),
    Right.DECLARE: gettext_noop("申报人数、负责人、风险点的变化，确认资料属实"),
    Right.ASK: gettext_noop("向安全专员提问，说明哪天方便、哪天不方便"),
    Right.NOTICES: gettext_noop("收到政策通知和警示教育资料并签收，确认公示牌已张贴"),
    Right.COMPLAIN: gettext_noop("评价来访、提出投诉；不勾选的，只有您本人可以"),
}
#: Asked for nothing, an invitation offers these: what a safety officer does every day.
OFFERED = (Right.SEE, Right.RECTIFY, Right.NOTICES)


def may_give(rights: Collection[Right], until: date, today: date) -> Decision:
    """Whether these rights may be given until that day, inclusive."""
    if not rights:
        return refuse("rights_missing", gettext_noop("请至少选择一项权限。"))
    if until < today:
        return refuse("until_past", gettext_noop("截止日期已过，请填今天或以后的日期。"))
    if until > today + LONGEST:
        text = gettext_noop("权限最长一年，请把截止日期提前到 %(day)s 以前；到期前可以再延。")
        return refuse("until_far", text, day=today + LONGEST + timedelta(days=1))
    return ALLOWED


def may_invite_staff(*, credit_code: str, name: str, title: str, closed: bool, many: int) -> Decision:
    """Whether somebody may be invited: `many` have an access or an open invitation already."""
    if closed:
        return refuse("enterprise_closed", gettext_noop("企业已关闭注销，不需要邀请。"))
    if not credit_code:
        text = gettext_noop("本企业还没有统一社会信用代码，请先请安全专员补全再邀请。")
        return refuse("code_absent", text)
    if len(name.strip()) < 2:
        return refuse("name_missing", gettext_noop("请填写受邀人的姓名。"))
    if len(title.strip()) < 2:
        return refuse("title_missing", gettext_noop("请填写受邀人的职务，例如：安全管理员、车间主任。"))
    if many >= MOST:
        return refuse("staff_many", gettext_noop("最多给 %(n)s 人权限，请先停止不再需要的。"), n=MOST)
    return ALLOWED
