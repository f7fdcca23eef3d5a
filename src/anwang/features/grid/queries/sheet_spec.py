"""The sheet of people: the roster's fields, and the lines of command of 三.1."""

from __future__ import annotations

from dataclasses import replace

from anwang.domain.base import gettext_noop
from anwang.domain.roster.people import people_sheet
from anwang.domain.roster.spec import Field, Kind, SheetSpec

from ..models import PostKind

#: Words that people write for a kind of post, besides its own label.
WORDS = {
    PostKind.BUREAU: ("市局人员", "市应急局", "市应急管理局人员", "市局"),
    PostKind.COUNTY_BUREAU: ("县区局人员", "县局人员", "区局人员", "县区应急局", "县应急局人员", "区应急局人员"),
    PostKind.TOWNSHIP_LEADER: ("乡镇领导", "镇领导", "街道领导", "乡镇班子成员", "党政班子成员", "乡镇党政领导"),
    PostKind.TOWNSHIP_SAFETY: (
        "乡镇安监人员",
        "乡镇应急人员",
        "乡镇工作人员",
        "安监站人员",
        "镇安监人员",
        "应急办人员",
    ),
    PostKind.VILLAGE_PRINCIPAL: ("村居负责人", "村主要负责人", "村主任", "村支部书记", "社区书记", "村书记"),
    PostKind.VILLAGE_DEPUTY: ("村居分管负责人", "村分工负责人", "村居分工人员", "村副主任", "村两委成员"),
    PostKind.DEPARTMENT: ("科室人员", "科室", "部门人员"),
}


def words() -> tuple[tuple[str, str], ...]:
    """(word, kind): the label first, which templates offer."""
    labels = [(str(kind.label), str(kind)) for kind in WORDS]
    return (*labels, *((word, str(kind)) for kind, others in WORDS.items() for word in others))


def people_spec() -> SheetSpec:
    """The roster's sheet with 是否网格长, 分管（包联）单位, 是否办公室 after the title."""
    base = people_sheet(words())
    more = (
        Field("leads", "是否网格长", Kind.YES_NO, ("网格长", "是否为网格长"), example="否"),
        Field(
            "sponsors", "分管（包联）单位", synonyms=("分管单位", "包联单位", "分管包联单位"), max_length=400,
            hint=gettext_noop("下一级网格的名称，多个用顿号分开"),
        ),
        Field("is_office", "是否办公室", Kind.YES_NO, ("办公室", "是否办公室人员"), example="否"),
        Field("is_supervisor", "是否列入包保", Kind.YES_NO, ("列入包保", "是否包保人员"), example="是"),
    )  # fmt: skip
    fields = []
    for each in base.fields:
        if each.name == "employee_no":
            continue
        fields.append(each)
        if each.name == "title":
            fields += more
    guide = (
        *base.guide,
        gettext_noop("网格长应在本级网格任职；分管（包联）单位填下一级网格的名称或代码。"),
        gettext_noop("同一人再次导入时按姓名和电话认定，只更新变化的内容。"),
    )
    return replace(base, fields=tuple(fields), guide=guide, by_name={})
