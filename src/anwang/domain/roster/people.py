"""The sheet of people and their posts (二.2, 三.1): one row per post; a person with several posts has several rows."""

from __future__ import annotations

from anwang.domain.base import gettext_noop
from anwang.domain.roster.enterprises import PHONE_TITLES
from anwang.domain.roster.spec import Field, Kind, SheetSpec

PLACE_FIELDS = (
    Field("unit_code", "网格编码", Kind.UNIT_CODE, ("所属网格编码", "单位编码", "区划代码", "行政区划代码")),
    Field("county", "县区", synonyms=("所属县区", "县（区）", "区县", "所在县区", "县"), example="兰山区"),
    Field(
        "township",
        "乡镇（街道）",
        synonyms=("乡镇", "街道", "镇街", "乡镇街道", "所属乡镇", "办事处"),
        example="兰山街道",
    ),
    Field("village", "村居", synonyms=("村", "社区", "村（居）", "村（社区）", "所在村居", "行政村")),
)


def people_sheet(posts: tuple[tuple[str, str], ...]) -> SheetSpec:
    """The sheet for kinds of post given as (word, value): several words may mean one value, the first is offered."""
    return SheetSpec(
        name="people",
        title=gettext_noop("包保督导人员名册"),
        fields=(
            Field(
                "name",
                "姓名",
                required=True,
                max_length=40,
                example="示例：王某",
                synonyms=("人员姓名", "包保人", "包保人员", "安全专员", "督导人员", "包保人姓名"),
            ),
            Field("phone", "联系电话", Kind.PHONE, synonyms=PHONE_TITLES[1:], example="0539-0000000"),
            *PLACE_FIELDS,
            Field(
                "department",
                "所在单位",
                synonyms=("单位", "工作单位", "部门", "科室", "所在部门", "单位名称"),
                example="兰山区应急管理局",
            ),
            Field(
                "post_kind",
                "岗位类别",
                Kind.CHOICE,
                words=posts,
                required=True,
                synonyms=("岗位", "人员类别", "类别", "身份", "岗位类型", "人员类型"),
            ),
            Field("title", "职务", synonyms=("职务职级", "职称", "现任职务"), max_length=60, example="科员"),
            Field("employee_no", "工号", synonyms=("人员编号", "编号", "证件号")),
            Field("expertise", "熟悉行业", synonyms=("专业", "擅长行业", "专长"), max_length=100),
            Field("valid_from", "任职日期", Kind.DATE, synonyms=("任职时间", "开始日期", "起始日期")),
            Field("valid_to", "离任日期", Kind.DATE, synonyms=("离任时间", "结束日期", "免职日期")),
            Field("remarks", "备注", synonyms=("说明",), max_length=1000),
        ),
        anchors=("name",),
        guide=(
            gettext_noop("每行一个岗位；一人有几个岗位就填几行，姓名和电话相同。"),
            gettext_noop("岗位类别从下拉框中选。县区、乡镇、村居填到本人负责的那一级为止。"),
            gettext_noop("灰色示例行不会导入。"),
        ),
    )
