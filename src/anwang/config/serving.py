"""`anwang serve`: the web server and the workers of long work, as children that end together."""

from __future__ import annotations

import ipaddress
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from threading import Event, Thread
from types import FrameType

import click
from django.conf import settings
from django.utils import timezone

from anwang.domain.base import SYSTEM, Refusal
from anwang.features.work import actions as work


def check_demo(host: str) -> None:
    """The demo's one-tap roles open every door: loopback only, and never over real data."""
    if not settings.DEMO:
        return
    from anwang.features.demo import queries as demo

    loopback = host == "localhost" or _is_loopback(host)
    if not loopback:
        raise Refusal(
            "demo_not_loopback",
            "示例系统有一键登录，只能在本机（127.0.0.1）启动。请去掉 ANWANG_DEMO 或改用 127.0.0.1。",
        )
    if names := demo.real_data():
        raise Refusal(
            "demo_real_data",
            "数据库里有非示例数据（如 %(name)s），拒绝以示例方式启动。请另设 ANWANG_DATA。",
            name=names[0],
        )


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


#: The first tick comes this many seconds after the start, when the pages answer.
FIRST_TICK = 30.0


class Ticker(Thread):
    """Runs `anwang tick` every few minutes, in a process of its own; what it says goes to our standard error."""

    def __init__(self, minutes: int, environment: Mapping[str, str], *, first: float = FIRST_TICK) -> None:
        super().__init__(name="tick", daemon=True)
        self.pause, self.first, self.environment, self.ended = minutes * 60.0, first, environment, Event()

    def run(self) -> None:
        wait = self.first
        while not self.ended.wait(wait):
            wait = self.pause
            self.once()

    def once(self) -> None:
        """One run; it is given twenty seconds to finish when the server ends."""
        command = [sys.executable, "-m", "anwang.config.cli", "tick"]
        child = subprocess.Popen(command, env=dict(self.environment), stdout=subprocess.DEVNULL)
        while child.poll() is None and not self.ended.wait(0.5):
            continue
        try:
            child.wait(timeout=20)
        except subprocess.TimeoutExpired:
            child.terminate()

    def end(self) -> None:
        """No more runs."""
        self.ended.set()
        if self.is_alive():
            self.join(timeout=25)


def run(*, host: str, port: int, workers: int, task_workers: int, tick_minutes: int = 0) -> int:
    """Start the children, wait, end them together. Exit code of the web server."""
    check_demo(host)
    # What a killed worker left running long ago is nobody's: its owner may start it again.
    work.reap(by=SYSTEM, now=timezone.now())
    python = [sys.executable, "-m"]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "anwang.config.settings"}
    web = subprocess.Popen(
        [*python, "granian", "--interface", "wsgi", "--host", host, "--port", str(port), "--workers", str(workers),
         "--blocking-threads", "2", "--no-ws", "anwang.config.wsgi:application"],
        env=environment,
    )  # fmt: skip
    tasks = [
        subprocess.Popen([*python, "django", "db_worker", "--interval", "0.5", "--no-startup-delay"], env=environment)
        for _ in range(task_workers)
    ]

    ticker = Ticker(tick_minutes, environment)
    if tick_minutes:
        ticker.start()

    def stop(signum: int, frame: FrameType | None) -> None:
        for child in (web, *tasks):
            child.terminate()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    click.echo(f"安网 http://{host}:{port}")
    code = web.wait()
    ticker.end()
    for child in tasks:
        child.terminate()
        child.wait(timeout=20)
    return max(code, 0)
