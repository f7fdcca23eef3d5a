"""Reading the trail and proving that it is whole; finding every stored file and proving that it is."""

from .files import Announced, FileFault, announced, file_faults, stored_columns, strays
from .trail import (
    ChainState,
    Proven,
    actions_known,
    acts_on,
    body_of,
    chain_faults,
    chains,
    digest_of,
    event,
    events,
    faults,
    head,
    prove,
    whole_acts,
)

__all__ = [
    "Announced",
    "ChainState",
    "FileFault",
    "Proven",
    "actions_known",
    "acts_on",
    "announced",
    "body_of",
    "chain_faults",
    "chains",
    "digest_of",
    "event",
    "events",
    "faults",
    "file_faults",
    "head",
    "prove",
    "stored_columns",
    "strays",
    "whole_acts",
]
