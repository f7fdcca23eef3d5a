"""The sheet of people and their posts (二.2, 三.1): one row per post; a person with several posts has several rows."""

from __future__ import annotations

from anwang.domain.base import gettext_noop
from anwang.domain.roster.enterprises import PHONE_TITLES
from anwang.domain.roster.spec import Field, Kind, SheetSpec

_SYNONYMS = {
    "name": "人员姓名 包保人 包保人员 安全专员 督导人员 包保人姓名",
    "unit_code": "所属网格编码 单位编码 区划代码 行政区划代码",
    "county": "所属县区 县（区） 区县 所在县区 县",
    "township": "乡镇 街道 镇街 乡镇街道 所属乡镇 办事处",
    "village": "村 社区 村（居） 村（社区） 所在村居 行政村",
    "department": "单位 工作单位 部门 科室 所在部门 单位名称",
    "post_kind": "岗位 人员类别 类别 身份 岗位类型 人员类型",
    "title": "职务职级 职称 现任职务",
    "employee_no": "人员编号 编号 证件号",
    "expertise": "专业 擅长行业 专长",
    "valid_from": "任职时间 开始日期 起始日期",
    "valid_to": "离任时间 结束日期 免职日期",
    "remarks": "说明",
}


def _field(name: str, label: str, kind: Kind = Kind.TEXT, *, example: str | None = None, most: int = 200) -> Field:
    required = name == "name"
    synonyms = tuple(_SYNONYMS[name].split())
    return Field(name, label, kind, synonyms, required=required, example=example, max_length=most)


PLACE_FIELDS = (
    _field("unit_code", "网格编码", Kind.UNIT_CODE),
    _field("county", "县区", example="兰山区"),
    _field("township", "乡镇（街道）", example="兰山街道"),
    _field("village", "村居"),
)
_WHO = (
    _field("name", "姓名", example="示例：王某", most=40),
    Field("phone", "联系电话", Kind.PHONE, PHONE_TITLES[1:], example="0539-0000000"),
)
_WHERE = (*PLACE_FIELDS, _field("department", "所在单位", example="兰山区应急管理局"))
_MORE = (
    _field("title", "职务", example="科员", most=60),
    _field("employee_no", "工号"),
    _field("expertise", "熟悉行业", most=100),
    _field("valid_from", "任职日期", Kind.DATE),
    _field("valid_to", "离任日期", Kind.DATE),
    _field("remarks", "备注", most=1000),
)


def people_sheet(posts: tuple[tuple[str, str], ...]) -> SheetSpec:
    """The sheet for kinds of post given as (word, value): several words may mean one value, the first is offered."""
    synonyms = tuple(_SYNONYMS["post_kind"].split())
    post_kind = Field("post_kind", "岗位类别", Kind.CHOICE, synonyms, required=True, words=posts)
    return SheetSpec(
        name="people",
        title=gettext_noop("包保督导人员名册"),
        fields=(*_WHO, *_WHERE, post_kind, *_MORE),
        anchors=("name",),
        guide=(
            gettext_noop("每行一个岗位；一人有几个岗位就填几行，姓名和电话相同。"),
            gettext_noop("岗位类别从下拉框中选。县区、乡镇、村居填到本人负责的那一级为止。"),
            gettext_noop("灰色示例行不会导入。"),
        ),
    )
