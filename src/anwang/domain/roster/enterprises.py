"""The sheet of enterprises: columns of the notice's 附件5 and of the registers that counties keep."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from anwang.domain.base import Grade, Reason, gettext_noop
from anwang.domain.roster.rows import CellFault, Row
from anwang.domain.roster.spec import Field, Kind, SheetSpec
from anwang.domain.roster.synonyms import SYNONYMS


class Status(StrEnum):
    """Whether an enterprise operates; only operating ones need a supervisor (二.2)."""

    OPERATING = "operating"
    SUSPENDED = "suspended"
    CLOSED = "closed"

    @property
    def label(self) -> str:
        return _STATUS_LABELS[self]


_STATUS_LABELS = {
    Status.OPERATING: gettext_noop("正常经营"),
    Status.SUSPENDED: gettext_noop("停产停业"),
    Status.CLOSED: gettext_noop("关闭注销"),
}


class Managing(StrEnum):
    """Who manages the enterprise (二.2): it decides which staff may take it."""

    CITY = "city"
    COUNTY = "county"
    LOCAL = "local"


def _field(name: str, label: str, kind: Kind = Kind.TEXT, **more: Any) -> Field:
    return Field(name, label, kind, SYNONYMS.get(name, ()), **more)


def _words(value: object, text: str) -> list[tuple[str, object]]:
    return [(word, value) for word in text.split()]


_GRADES = (
    *_words(Grade.MAJOR, "重大风险 重大 红 红色 A 一级 Ⅰ级 I级 1级 特大"),
    *_words(Grade.LARGER, "较大风险 较大 橙 橙色 B 二级 Ⅱ级 II级 2级"),
    *_words(Grade.GENERAL, "一般风险 一般 黄 黄色 C 三级 Ⅲ级 III级 3级"),
    *_words(Grade.LOW, "低风险 低 较低 蓝 蓝色 D 四级 Ⅳ级 IV级 4级"),
)
_LEVELS = (
    *_words(Managing.CITY, "市管 市 市级 市属 市局 市直"),
    *_words(Managing.COUNTY, "县区管 县区 县 区 县级 区级 县管 区管 县区级 县区属"),
    *_words(
        Managing.LOCAL,
        "属地 属地管理 乡镇管 乡镇 镇 街道 镇街 乡镇级 镇级 乡镇（街道） 镇管 街道管 村居管 村居 村 社区 村级",
    ),
)
_STATUSES = (
    *_words(Status.OPERATING, "正常经营 正常 在业 存续 开业 在营 营业 生产 正常生产 在产 经营 运营 开工"),
    *_words(Status.SUSPENDED, "停产停业 停产 停业 歇业 暂停 停工 半停产 停产整顿 季节性停产 长期停产"),
    *_words(Status.CLOSED, "关闭注销 已关闭 关闭 关停 注销 吊销 已注销 破产 取缔 拆除 关停并转 已迁出 迁出 外迁"),
)
_HAZARDS = (
    *_words("poisoning", "中毒 中毒窒息 有毒 毒害 窒息"),
    *_words("explosion", "爆炸 粉尘爆炸 易爆 燃爆"),
    *_words("fire", "火灾 易燃 起火"),
    *_words("other", "其他 其它 机械伤害 触电 高处坠落 坍塌 灼烫 物体打击 车辆伤害 起重伤害 淹溺"),
)
_SYSTEMS = (
    *_words("wgs84", "WGS-84 WGS84 WGS GPS 天地图 CGCS2000 国家2000 2000国家大地坐标系"),
    *_words("gcj02", "GCJ-02 GCJ02 GCJ 火星坐标 国测局 高德 高德地图 腾讯 腾讯地图"),
    *_words("bd09", "BD-09 BD09 BD09LL 百度 百度地图 百度坐标"),
)
PHONE_TITLES = ("联系电话", "电话", "手机", "手机号", "手机号码", "联系方式", "电话号码", "联系手机", "移动电话")

_IDENTITY = (
    _field("name", "企业名称", required=True, max_length=120, example="示例：临沂某某化工有限公司"),
    _field(
        "credit_code",
        "统一社会信用代码",
        Kind.CREDIT_CODE,
        required=True,
        example="91371302MA3C123460",
        hint=gettext_noop("18 位，单元格设为文本格式"),
    ),
)
_PLACE = (
    _field("county", "县区", example="兰山区"),
    _field("township", "乡镇（街道）", example="兰山街道"),
    _field("village", "村居", example="前园社区"),
    _field("unit_code", "网格编码", Kind.UNIT_CODE),
    _field("address", "生产经营地址", max_length=300, example="临沂市兰山区兰山街道前园社区某路 1 号"),
    _field("longitude", "经度", Kind.NUMBER),
    _field("latitude", "纬度", Kind.NUMBER),
    _field(
        "coordinates",
        "坐标系",
        Kind.CHOICE,
        words=_SYSTEMS,
        hint=gettext_noop("经纬度取自哪种地图：GPS 填 WGS-84，高德、腾讯填 GCJ-02，百度填 BD-09"),
    ),
)
_BUSINESS = (
    _field(
        "gbt_code",
        "行业代码",
        Kind.CLASS_CODE,
        example="C2614",
        hint=gettext_noop("国民经济行业分类 GB/T 4754 的代码或名称"),
    ),
    _field("industry", "行业", example="化工"),
    _field("headcount", "从业人数", Kind.COUNT, example=86),
)
_PEOPLE = (
    _field("principal", "企业主要负责人", max_length=60, example="张某"),
    _field(
        "principal_phone",
        "主要负责人联系电话",
        Kind.PHONE,
        follows="principal",
        bare=PHONE_TITLES,
        example="0539-0000000",
    ),
    _field("safety_officer", "安全负责人", max_length=60),
    _field("safety_phone", "安全负责人联系电话", Kind.PHONE, follows="safety_officer", bare=PHONE_TITLES),
)
_RISK = (
    _field("major_hazard", "重大危险源", Kind.YES_NO, hint=gettext_noop("填是或否，或填危险源级别")),
    _field("grade", "风险等级", Kind.CHOICE, words=_GRADES, example="较大风险"),
    _field("managing", "管理级别", Kind.CHOICE, words=_LEVELS, hint=gettext_noop("市管、县区管或属地")),
    _field("severe_accidents", "死亡、重伤、重大财产损失事故次数", Kind.COUNT),
    _field("minor_accidents", "轻伤、一般财产损失事故次数", Kind.COUNT),
    _field("condition_persists", "事故条件是否依然存在", Kind.YES_NO),
    _field("hazard_kinds", "危险因素", Kind.CHOICES, words=_HAZARDS),
    _field("persons", "同一作业时间人数", Kind.COUNT),
    _field("evaluated", "评价确定的等级", Kind.CHOICE, words=_GRADES),
)
_STATE = (
    _field("status", "经营状态", Kind.CHOICE, words=_STATUSES),
    _field("opened", "开业日期", Kind.DATE),
    _field("closed", "关闭日期", Kind.DATE),
    _field("remarks", "备注", max_length=1000),
)

ENTERPRISES = SheetSpec(
    name="enterprises",
    title=gettext_noop("企业名册"),
    fields=(*_IDENTITY, *_PLACE, *_BUSINESS, *_PEOPLE, *_RISK, *_STATE),
    anchors=("name", "credit_code"),
    key="credit_code",
    guide=(
        gettext_noop("每行一家企业，企业名称和统一社会信用代码必填。"),
        gettext_noop("代码、电话列已设为文本格式，请勿改为数字格式。"),
        gettext_noop("县区、乡镇（街道）、村居填名称，或在网格编码列填 12 位编码。"),
        gettext_noop("日期写成 2020-03-05。风险等级、管理级别、经营状态请从下拉框中选。"),
        gettext_noop("灰色示例行不会导入。再次导入同一代码的企业只更新内容，不会重复。"),
    ),
)


def check_enterprise(row: Row) -> None:
    """Faults between cells: closed before opened, one coordinate without the other or far from China."""
    opened, closed = row["opened"], row["closed"]
    if opened and closed and closed < opened:
        row.faults.append(CellFault("closed", None, Reason("closed_before_opened", _CLOSED)))
    longitude, latitude = row["longitude"], row["latitude"]
    if (longitude is None) != (latitude is None):
        row.faults.append(CellFault("longitude", None, Reason("coordinate_half", _HALF), fatal=False))
    elif longitude is not None and not (73 <= longitude <= 136 and 3 <= latitude <= 54):
        row.faults.append(CellFault("longitude", None, Reason("coordinate_far", _FAR)))


_CLOSED = gettext_noop("关闭日期早于开业日期。")
_HALF = gettext_noop("经度、纬度只填了一个，未采用。")
_FAR = gettext_noop("经纬度不在境内，请核对（东经在前，十进制度）。")
