"""督办函 of a major hazard that is put under supervision by name (三.4), in the form of an official letter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from anwang.domain.documents.official import OfficialLetter, official_letter
from anwang.domain.documents.tree import QR, Disclosure, Document
from anwang.domain.documents.wording import chinese_date

TITLE = "重大事故隐患挂牌督办函"


@dataclass(frozen=True, slots=True)
class Supervised:
    """What is supervised: the hazard, what is demanded and until when (`due`, ISO day)."""

    number: str
    agency: str
    addressee: str
    enterprise: str
    title: str
    text: str
    spot: str
    found_on: date
    demand: str
    due: str
    issued_on: date
    verify_url: str = ""


def supervision_letter(data: Supervised) -> Document:
    """督办函: not public by itself, it names what is not yet put right."""
    where = f"，部位：{data.spot}" if data.spot else ""
    last = chinese_date(date.fromisoformat(data.due))
    body = [
        f"{chinese_date(data.found_on)}，包保督导中发现{data.enterprise}存在重大事故隐患：{data.title}{where}。",
        *([data.text] if data.text else []),
        "现决定对该隐患挂牌督办，要求如下：",
        f"一、{data.demand}",
        f"二、请督促企业落实整改责任、措施、资金、时限和预案，于{last}前完成整改并报送整改情况。",
        "三、整改期间应采取有效的安全防范措施；无法保证安全的，应停止有关作业、撤出人员。",
        "四、整改完成后由整改责任人以外的人员核实，核实通过后销号。",
    ]
    letter = OfficialLetter(
        mark=data.agency, number=data.number, title=TITLE,
        addressee=f"{data.addressee}：", body=[*body, *([QR(data.verify_url, "扫码核验")] if data.verify_url else [])],
        agency=data.agency, issued_on=data.issued_on, printer=data.agency, disclosure=Disclosure.ON_REQUEST,
        kind="supervision_letter",
    )  # fmt: skip
    return official_letter(letter)
