"""One believable document of every kind; names and numbers are invented."""

from __future__ import annotations

from datetime import date
from io import BytesIO

from PIL import Image, ImageDraw, ImageOps

from anwang.domain.documents import attachments, letters, notices, official, tables
from anwang.domain.documents.tree import Align, Column, Document, Heading, Kind, Paper, Para, Table
from anwang.domain.documents.wording import document_number

RULES = (
    "一、首问负责解答企业提出的安全生产政策咨询，及时传达安全生产工作政策方针通知精神；",
    "二、每半月一次视频会商或电话了解企业急需解决的安全生产问题，随时上报企业反映或举报的安全生产问题并负责跟踪闭环管理；",
    "三、每季度现场督导企业主要负责人召开一次安全生产专题会议定期研究安全生产工作；",
    "四、每季度现场与企业主要负责人开展安全提醒谈话并开展一次安全警示教育活动；",
    "五、每季度现场督导企业主要负责人组织一次检查风险管控措施和管控方案的落实情况；",
    "六、每半年现场督导企业主要负责人向全体职工大会作一次安全生产述职报告；",
    "七、每年度现场督导企业主要负责人组织开展一次公司（厂）级综合应急预案演练活动；",
    "八、按时按要求完成临时安排的其他督导服务工作。",
)
TEXT = letters.LetterText(
    "全市企业安全生产包保督导工作承诺书",
    "为严格落实企业包保督导安全生产工作八条规定，切实把各项包保督导工作落到实处。本人郑重承诺如下：",
    RULES,
)
LONG_FIRM = "临沂市沂水县黄山铺镇示范化工新材料科技股份有限公司第二分公司精细化学品生产基地"
LONG_ADDRESS = (
    "山东省临沂市沂水县黄山铺镇化工产业集聚区纬三路与经七路交会处向东五百米路北（原县化肥厂院内三号车间及附属仓库）"
)


def drawn_signature(*, other: bool = False) -> bytes:
    """A PNG such as the phone sends: strokes on a transparent ground."""
    image = Image.new("RGBA", (480, 180), (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)
    pen.line([(30, 120), (90, 40), (120, 140), (170, 60), (220, 130)], fill=(10, 10, 60, 255), width=9, joint="curve")
    pen.arc((230, 40, 330, 150), 40, 330, fill=(10, 10, 60, 255), width=9)
    pen.line([(340, 50), (450, 60), (370, 150), (460, 130)], fill=(10, 10, 60, 255), width=9, joint="curve")
    if other:
        image = ImageOps.mirror(image)
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def letter(serial: int = 12, *, signed: bool = False, long: bool = False, name: str = "王金光") -> Document:
    """A commitment letter, blank or signed, short or with the longest names there are."""
    image = drawn_signature() if signed else None
    unit = "沂水县黄山铺镇人民政府安全生产监督管理和应急管理办公室" if long else "沂水县黄山铺镇应急管理办公室"
    return letters.commitment_letter(
        TEXT,
        letters.CommitmentLetter(
            number=document_number("临应急包承", 2026, serial),
            supervisor=letters.Supervisor(name, unit, "主任", "0539-2250001", "乡镇", image),
            enterprise=letters.LetterEnterprise(
                LONG_FIRM if long else "沂水示范化工有限公司",
                "91371323MA3C0XXW8M",
                LONG_ADDRESS if long else "沂水县黄山铺镇化工园区纬三路8号",
                "赵富德",
                "0539-2250002",
                "较大风险",
                drawn_signature(other=True) if signed else None,
            ),
            verify_url=f"https://anwang.example/v/{serial:08d}",
            signed_on=date(2026, 3, 5) if signed else None,
            issuer="临沂市应急管理局",
        ),
    )


def poster(paper: Paper = Paper.A4, *, long: bool = False) -> Document:
    """A notice sheet."""
    return notices.notice_sheet(
        notices.NoticeSheet(
            enterprise=LONG_FIRM if long else "沂水示范化工有限公司",
            supervisor="王金光",
            unit="沂水县黄山铺镇人民政府安全生产监督管理和应急管理办公室" if long else "沂水县黄山铺镇应急管理办公室",
            post="主任",
            office_phone="0539-2250001",
            supervision_phone="0539-12350",
            report_url="https://anwang.example/p/7f3k9q",
            grid="黄山铺镇网格",
            grid_leader="张　伟",
            publisher="沂水县应急管理局",
            published_on=date(2026, 3, 20),
            number="公示〔2026〕12号",
        ),
        paper=paper,
    )


GRADES = ("重大风险", "较大风险", "一般风险", "低风险")


def binding(i: int) -> tables.Binding:
    """The i-th enterprise of a county."""
    return tables.Binding(
        enterprise=("沂水示范化工有限公司", "沂水县祥和机械制造厂", LONG_FIRM, "黄山铺镇利民石材经营部")[i % 4],
        credit_code="91371323MA3C0XXW8M",
        county="沂水县",
        township=("黄山铺镇", "沂城街道", "马站镇")[i % 3],
        village=("东黄山铺村", "北社社区", "杨家城子村")[i % 3],
        address=LONG_ADDRESS if i % 5 == 0 else "黄山铺镇纬三路8号",
        industry=("化工", "机械", "危险化学品", "建材")[i % 4],
        workers=(128, 36, 1024, 5)[i % 4],
        principal=("赵富德", "张伟", "欧阳文昇")[i % 3],
        principal_phone="0539-2250002",
        safety_officer=("李成", "孙增利")[i % 2],
        safety_phone="0539-2250003",
        major_hazard=("有（三级）", "无")[i % 2],
        grade=GRADES[i % 4],
        level=("市级", "县级", "乡镇级", "村级")[i % 4],
        supervisor=("王金光", "卜喆", "祊堃")[i % 3],
        supervisor_unit=("沂水县应急管理局", "黄山铺镇应急管理办公室")[i % 2],
        supervisor_post=("副局长", "主任", "党支部书记")[i % 3],
        supervisor_phone="0539-2250001",
        grid="黄山铺镇网格",
        grid_leader="刘松田",
        signed_on=date(2026, 3, 5) if i % 3 else None,
        published_on=date(2026, 3, 20) if i % 3 else None,
        note="新增" if i % 7 == 0 else "",
    )


HEAD = tables.ListHead("黄山铺镇", "沂水县应急管理局", date(2026, 3, 12), "刘松田", 2026)


def list_documents(count: int = 60) -> dict[str, Document]:
    """The three lists with `count` rows."""
    rows = [binding(i) for i in range(count)]
    title = "全市企业安全生产包保督导工作信息统计表"
    return {
        "township": tables.township_table(HEAD, rows),
        "county": tables.county_roster(HEAD, rows),
        "statistics": tables.statistics_table(HEAD, rows, title=title),
    }


def attachment_documents() -> dict[str, Document]:
    """Attachments 1, 2, 4 and 6."""
    posts = (
        attachments.Post("组　长（一级网格长）", ("刘松田",)),
        attachments.Post("副组长（二级网格长）", ("卜庆杰", "葛继勇", "刘彦信", "齐可品", "邱志亮", "朱建红")),
        attachments.Post("成　员（三级网格长）", ("王金光", "兰秀利", "张伟", "袁其周", "李成", "马超群", "主学团")),
    )
    shares = tuple(
        attachments.Share("卜庆杰", "危险化学品科", "王金光", "科长", "沂水县", ("沂水示范化工有限公司", LONG_FIRM))
        for _ in range(3)
    )
    rules = (
        attachments.GradeRule(
            "1、风险点有下列情形之一的，应当确定为重大风险：",
            ("（一）发生过死亡、重伤、重大财产损失事故，且发生事故的条件依然存在的；", "（二）涉及重大危险源的；"),
        ),
        attachments.GradeRule("3、风险点不构成重大风险和较大风险的，应当确定为一般风险或者低风险。"),
    )
    intro = "依据《山东省安全生产风险管控办法》相关规定，对企业安全生产风险等级按照以下标准划分："
    return {
        "a1": attachments.leading_group(
            "全市企业安全生产包保督导工作领导小组", posts, office="领导小组下设办公室，办公室设在市局调查评估科。"
        ),
        "a2": attachments.division_of_work("市局企业安全生产包保督导工作分工", shares),
        "a4": attachments.eight_rules("全市企业安全生产包保督导工作八条规定", RULES),
        "a6": attachments.grading_standard("全市包保督导企业安全生产风险等级划分标准", intro, rules),
    }


FIGURES = Table(
    (
        Column("县区", 30, Align.CENTER),
        Column("应办", 20, Align.RIGHT, Kind.NUMBER, "半月联系"),
        Column("已办", 20, Align.RIGHT, Kind.NUMBER, "半月联系"),
        Column("完成率", 20, Align.RIGHT),
    ),
    (("兰山区", 5210, 5102, "97.9%"), ("沂水县", 2210, 2001, "90.5%")),
    total=("合计", 7420, 7103, "95.7%"),
    size=12,
)
BODY = (
    "2026年11月，各级各部门认真落实包保督导工作八条规定，坚持“三员三全一重点”，包保督导“一张网”运行总体平稳。现将有关情况通报如下：",
    Heading(1, "总体情况"),
    "全市在册包保企业30000家，应联系60000家次，实际联系58230家次。各县区完成情况见下表。",
    FIGURES,
    Heading(1, "存在问题"),
    Heading(2, "个别乡镇联系不及时"),
    "部分包保人员半月联系集中在期末办理，企业反映的问题未能及时上报。",
    Heading(2, "问题闭环不到位"),
    Heading(3, "跟踪不及时"),
    Para("要逐条对照，限期整改。", lead="举一反三。"),
    Heading(4, "整改材料不完整"),
    Heading(1, "下步要求"),
    "各县区要对照问题，认真整改，于12月10日前将整改情况报市局调查评估科。",
)


def bulletin(*, sealed: bool = True, signer: str = "", enclosed: bool = True) -> Document:
    """A monthly bulletin with headings, a table and an attachment."""
    return official.official_letter(
        official.OfficialLetter(
            mark="临沂市应急管理局文件",
            number=document_number("临应急发", 2026, 9),
            title="临沂市应急管理局关于2026年11月企业安全生产包保督导工作情况的通报",
            addressee="各县区应急局、临沂高新技术产业开发区应急局",
            body=BODY,
            agency="临沂市应急管理局",
            issued_on=date(2026, 12, 3),
            printer="临沂市应急管理局办公室",
            copies_to="市政府办公室，省应急管理厅，各县区人民政府，临沂高新技术产业开发区管理委员会，市安委会各成员单位",
            enclosures=(official.Enclosure("半月联系完成情况明细表", (FIGURES,)),) if enclosed else (),
            signer=signer,
            sealed=sealed,
        )
    )


def full_page(lines: int = 60) -> Document:
    """Nothing but text, to count lines and characters."""
    return Document("full_page", "满页", (Para("安" * 28 * lines, indent=False),))
