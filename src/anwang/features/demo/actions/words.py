"""Words from which names of people, places of work and enterprises are put together. All of it is invented."""

from __future__ import annotations

from dataclasses import dataclass

#: Marks a person: behind the name, because spreadsheets leave out rows that begin with 示例.
MARK = "（示例）"
SURNAMES = (
    "王李张刘陈杨赵孙周徐高马朱胡郭林何梁宋郑谢韩唐冯于董程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜"
)
GIVEN = (
    "建国", "志强", "永胜", "海涛", "文斌", "立新", "春梅", "秀兰", "玉华", "桂英", "红军", "德明", "卫东",
    "国栋", "晓东", "宏伟", "庆丰", "传军", "兆亮", "光明", "新华", "学军", "丽萍", "爱华", "金凤", "素云",
    "瑞霞", "凤英", "敬文", "成林", "景田", "士刚", "东升", "玉宝", "振华", "明亮", "洪波", "翠平", "慧敏",
    "雪梅", "长江", "守信", "继东", "世昌", "如意", "广才", "兴旺", "培元", "启航", "子涵", "思远", "佳怡",
    "浩然", "梓豪", "静", "涛", "磊", "敏", "军", "伟", "芳", "燕", "勇", "强", "鹏", "杰", "娜", "艳",
    "斌", "超",
)  # fmt: skip
ROADS = (
    "工业大道", "兴业路", "创业路", "金雀山路", "柳青路", "临西路", "沂蒙路", "解放路", "滨河路", "通达路",
    "开源路", "富民路", "园区南路", "站前街", "振兴街", "兴隆街",
)  # fmt: skip
MEETINGS = (
    "责任制落实", "隐患整改", "岗位风险告知", "特种作业管理", "消防设施维护", "节后复工", "汛期防范",
    "冬季防火防中毒",
)  # fmt: skip
FILMS = (
    "粉尘爆炸事故警示片", "有限空间中毒警示片", "仓库火灾事故警示片", "机械伤害事故警示片",
    "危化品泄漏事故警示片",
)  # fmt: skip
TALKS = (
    "主要负责人法定职责", "动火作业审批", "有限空间作业", "外来施工管理", "员工三级教育", "应急物资配备",
)  # fmt: skip
PROBLEMS = (
    "需要有限空间作业培训", "希望提供粉尘清扫规范", "消防验收资料待补", "安全员证书即将到期",
    "车间用电线路老化", "希望组织应急演练指导",
)  # fmt: skip
UNREACHED = ("电话无人接听", "号码占线，未联系上", "负责人外出，未联系上")
LATE = (
    "企业负责人出差，推迟到场",
    "防汛值班，未能按期",
    "连续降雨道路中断",
    "本人休假，返岗后补办",
    "与上级检查冲突，推迟",
)
UNABLE = (
    "企业负责人住院，下周可联系",
    "企业停电检修，现场暂不能进入",
    "本人在外培训，返岗后办理",
    "道路施工，改约时间",
)
WAIVED = ("企业停产检修，经网格长同意", "公共卫生措施，企业封闭管理", "企业搬迁期间不具备条件")


@dataclass(frozen=True, slots=True)
class Trade:
    """A kind of enterprise: class of GB/T 4754, share in a thousand, words for names, usual headcount, hazards."""

    gbt: str
    industry: str
    share: int
    words: tuple[str, ...]
    heads: int
    hazards: tuple[str, ...] = ("其他",)
    source: float = 0.0


def _trades(industry: str, text: str, hazards: str = "其他", source: float = 0.0) -> list[Trade]:
    """`gbt share heads word/word` per line."""
    found = []
    for line in text.strip().splitlines():
        gbt, share, heads, words = line.split()
        found.append(
            Trade(gbt, industry, int(share), tuple(words.split("/")), int(heads), tuple(hazards.split("、")), source)
        )
    return found


#: A mix like Linyi's: boards, building materials, machinery and trade before all; some of each of the thirteen (二.1).
TRADES = (
    *_trades("light", """
        C2021 170 46 板材/胶合板/木业
        C2022 25 80 纤维板/密度板
        C2110 40 38 家具/木制品
        C2032 25 30 门业/木门窗
    """, "火灾、爆炸"),
    *_trades("light", """
        C1353 22 95 肉食品/食品
        C1411 25 34 糕点/烘焙食品
        C2231 22 42 纸箱/包装
        C2926 30 36 塑料包装/塑业
        C2922 28 40 管业/塑料型材
    """, "火灾"),
    *_trades("building_materials", """
        C3021 55 40 水泥制品/管桩/预制构件
        C3031 35 45 建筑砌块/新型建材
        C3032 40 22 石材/石业
        C3011 6 210 水泥
        C3099 14 36 耐火材料/保温材料
    """),
    *_trades("machinery", """
        C3311 70 32 钢结构/金属结构
        C3484 75 36 机械配件/精密机械
        C3670 30 70 汽车配件/车桥
        C3515 22 60 建材机械/重工机械
    """),
    *_trades("machinery", """
        C3391 26 65 铸造/铸业
        C3360 18 34 热处理/表面处理
    """, "中毒、火灾"),
    *_trades("commerce", """
        F5165 55 12 建材商贸/装饰材料
        F5211 28 24 百货/商厦
        F5212 34 18 超市/商超
        G5920 30 16 仓储/物流仓储
        G5930 10 26 冷链/冷库
        H6110 12 48 酒店/宾馆
    """, "火灾"),
    *_trades("textile", """
        C1711 14 120 棉纺/纺织
        C1811 18 85 服饰/制衣
    """, "火灾"),
    *_trades("chemical", """
        C2624 10 130 复合肥/肥业
        C2641 10 45 涂料/新材料
        C2613 6 110 化工/盐化
        C2614 5 160 化工/精细化工
    """, "中毒、爆炸、火灾", 0.25),
    *_trades("hazardous", """
        F5265 26 9 加油站/石油
        G5942 3 28 危化品仓储/化学品仓储
    """, "爆炸、火灾", 0.12),
    *_trades("pharmaceutical", """
        C2720 4 150 制药/药业
        C2730 5 48 中药饮片/药材
    """, "火灾"),
    *_trades("mining", """
        B1012 5 40 石料/矿业
        B1019 4 32 砂石/矿产
    """),
    *_trades("metallurgy", """
        C3130 4 260 钢铁/轧钢
        C3140 2 180 铁合金/冶金
    """, "爆炸、中毒"),
    *_trades("nonferrous", """
        C3252 5 90 铝业/铝材
        C3251 2 75 铜业/铜材
    """, "爆炸、火灾"),
    *_trades("tobacco", """
        F5128 1 30 烟草
    """, "火灾"),
    *_trades("fireworks", """
        C2672 1 45 烟花
    """, "爆炸"),
)  # fmt: skip
#: What a village has: nothing that must be watched closely.
MILD = tuple(
    each for each in TRADES if each.industry in {"light", "building_materials", "machinery", "commerce", "textile"}
)
