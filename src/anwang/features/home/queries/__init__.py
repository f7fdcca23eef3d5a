"""What the first pages show, put together from the features' own reads."""

from .leader import LeaderHome, leader_home
from .principal import PrincipalHome, principal_home
from .supervisor import SupervisorHome, leader_own, own_enterprises, supervisor_home, with_years

__all__ = [
    "LeaderHome",
    "PrincipalHome",
    "SupervisorHome",
    "leader_home",
    "leader_own",
    "own_enterprises",
    "principal_home",
    "supervisor_home",
    "with_years",
]
