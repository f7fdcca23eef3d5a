"""What the first pages show, put together from the features' own reads."""

from .leader import LeaderHome, leader_home
from .principal import PrincipalHome, principal_home
from .supervisor import SupervisorHome, leader_own, own_enterprises, supervisor_home, with_years
from .waiting import AtHand, at_hand

__all__ = [
    "AtHand",
    "LeaderHome",
    "PrincipalHome",
    "SupervisorHome",
    "at_hand",
    "leader_home",
    "leader_own",
    "own_enterprises",
    "principal_home",
    "supervisor_home",
    "with_years",
]
