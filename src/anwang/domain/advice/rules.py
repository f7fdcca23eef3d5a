"""What the policy sets for questions, notices and material. The notice gives no numbers: the office sets them."""

from __future__ import annotations

from dataclasses import dataclass

from anwang.domain.base import Interval


@dataclass(frozen=True, slots=True)
class AdviceRules:
    """首问负责 and 政策传达 (附件4.1).

    `answer_days`: workdays after the day of asking in which a question is answered, whoever has it by then;
    `relay_days`: workdays after its issue in which a notice is relayed; `review_months`: after which an answer in the
    library is looked at again; `attachment_mb` and `material_mb`: largest file of a notice and of the library.
    """

    clause: str
    answer_days: int
    relay_days: int
    review_months: int
    attachment_mb: int
    material_mb: int
    interval: Interval
