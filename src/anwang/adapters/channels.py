"""Outward channels of messages: what the outbox asks of one, and the registry that it looks into."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What goes out. `key` names the message for ever, so that a receiver can tell a repetition; links are absolute."""

    key: str
    to: str
    title: str
    body: str
    link: str = ""
    settings: str = ""


class ChannelFault(Exception):
    """Sending failed. `code` is stable and names nobody.

    `permanent`: no use to try again. `down`: the channel itself cannot be reached, other messages would fare alike.
    """

    def __init__(self, code: str, *, permanent: bool = False, down: bool = False) -> None:
        super().__init__(code)
        self.code, self.permanent, self.down = code, permanent, down


Send = Callable[[Outgoing], None]


class Channel(Protocol):
    """One way out. `label` is a Chinese word for screens."""

    code: str
    label: str

    def ready(self) -> bool:
        """Whether the server is configured for it."""
        ...

    def address(self, text: str) -> str:
        """A typed address in its one form; ValueError when it is none."""
        ...

    def open(self) -> AbstractContextManager[Send]:
        """A connection for several messages; entering it or sending may raise ChannelFault."""
        ...


_channels: dict[str, Channel] = {}


def register(channel: Channel) -> None:
    """Plug a channel in, or replace it."""
    _channels[channel.code] = channel


def channels() -> dict[str, Channel]:
    """All that are plugged in, by code."""
    return dict(_channels)


def ready_channels() -> dict[str, Channel]:
    """Those that the server is configured for."""
    return {code: channel for code, channel in _channels.items() if channel.ready()}
