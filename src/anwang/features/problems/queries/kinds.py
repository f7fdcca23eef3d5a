"""What may happen to a problem."""

from __future__ import annotations

from anwang.domain.base import gettext_noop

#: What happened, in words; the kinds of events.
KINDS = {
    "reported": gettext_noop("报告"),
    "accept": gettext_noop("受理"),
    "return": gettext_noop("退回补充"),
    "resubmit": gettext_noop("补充后再报"),
    "withdraw": gettext_noop("撤回"),
    "hand": gettext_noop("转科室单位"),
    "answer": gettext_noop("科室单位答复"),
    "order": gettext_noop("责令整改"),
    "rectify": gettext_noop("整改完成"),
    "solve": gettext_noop("协调解决"),
    "verify": gettext_noop("核实通过"),
    "unfixed": gettext_noop("核实未通过"),
    "close": gettext_noop("销号"),
    "risk": gettext_noop("限期接受风险"),
    "risk_over": gettext_noop("接受风险到期，自动重新打开"),
    "escalate": gettext_noop("上报上一级网格长"),
    "silence": gettext_noop("超过时限，自动上报上一级网格长"),
    "overdue": gettext_noop("最高一级超过时限"),
    "down": gettext_noop("答复后退回下级办理"),
    "ask": gettext_noop("申请延期"),
    "approved": gettext_noop("批准延期"),
    "refused": gettext_noop("未批准延期"),
    "supervise": gettext_noop("挂牌督办"),
    "reopen": gettext_noop("重新打开"),
    "note": gettext_noop("办理情况"),
    "follow": gettext_noop("跟踪人变更"),
    "recall": gettext_noop("收回自办"),
    "moved": gettext_noop("企业迁移或网格调整，转由现在的网格办理"),
    "passed": gettext_noop("原办理人已离任或企业已关闭，转交办理"),
}
