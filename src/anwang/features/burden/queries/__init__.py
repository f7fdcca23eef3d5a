"""What the platform asks of people: the red lines, the register, the minutes."""

from .asking import questions
from .check import Checked, check, register
from .reckoning import Burden, LevelMinutes, Since, burden, since_last_version

__all__ = [
    "Burden",
    "Checked",
    "LevelMinutes",
    "Since",
    "burden",
    "check",
    "questions",
    "register",
    "since_last_version",
]
