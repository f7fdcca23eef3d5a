"""The command line `anwang`: every job of the product is also a command.

One JSON object on standard output with --json; errors on standard error as code + sentence;
exit 0 done, 1 refused, 2 wrong usage.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from importlib.util import find_spec

import click


class Anwang(click.Group):
    """Collects the `cli` groups and commands of the features' management modules when first asked."""

    loaded = False

    def load(self) -> None:
        if self.loaded:
            return
        self.loaded = True
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "anwang.config.settings")
        import django

        django.setup()
        from django.apps import apps

        for app in apps.get_app_configs():
            name = f"{app.name}.management"
            if app.name.startswith("anwang.features.") and find_spec(name):
                for command in import_module(name).COMMANDS:
                    self.add(command)

    def add(self, command: click.Command) -> None:
        known = self.commands.get(command.name or "")
        if isinstance(known, click.Group) and isinstance(command, click.Group):
            for sub in command.commands.values():
                known.add_command(sub)
        else:
            self.add_command(command)

    def list_commands(self, ctx: click.Context) -> list[str]:
        self.load()
        return super().list_commands(ctx)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.commands:
            self.load()
        return super().get_command(ctx, cmd_name)


@click.group(cls=Anwang, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="anwang")
def cli() -> None:
    """安网：企业安全生产包保督导平台。"""


@cli.command()
@click.option("--json", "as_json", is_flag=True, help="一个 JSON 对象")
def migrate(as_json: bool) -> None:
    """准备空数据库（建表、密钥、静态文件）；已有的升级到当前版本。"""
    cli.load()  # type: ignore[attr-defined]
    from django.conf import settings
    from django.core.management import call_command

    from anwang.adapters.crypto import load_or_create_key

    settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True)
    load_or_create_key(settings.KEYS_DIR / "data.key")
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)
    if as_json:
        import json

        click.echo(
            json.dumps(
                {
                    "database": settings.DATABASES["default"]["ENGINE"].rsplit(".", 1)[-1],
                    "data": str(settings.ANWANG_DATA),
                }
            )
        )
    else:
        click.echo("数据库已就绪。")


@cli.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64))
@click.option("--task-workers", default=1, show_default=True, type=click.IntRange(0, 16), help="后台任务进程数")
@click.option(
    "--tick-minutes",
    default=5,
    show_default=True,
    type=click.IntRange(0, 1440),
    help="每隔几分钟执行定时任务，0 为不执行",
)
def serve(host: str, port: int, workers: int, task_workers: int, tick_minutes: int) -> None:
    """启动网页服务、后台任务进程和定时任务。"""
    cli.load()  # type: ignore[attr-defined]
    from .serving import run

    sys.exit(run(host=host, port=port, workers=workers, task_workers=task_workers, tick_minutes=tick_minutes))


def main(argv: list[str] | None = None) -> None:
    """Entry point of the installed command."""
    try:
        code = cli.main(args=argv, prog_name="anwang", standalone_mode=False)
        if isinstance(code, int) and code:  # click returns the code of Exit instead of raising it
            sys.exit(code)
    except click.UsageError as error:
        error.show()
        sys.exit(2)
    except click.Abort:
        click.echo("已中断。", err=True)
        sys.exit(1)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.exceptions.Exit as error:
        sys.exit(error.exit_code)
    except Exception as error:
        _refused(error)


def _refused(error: Exception) -> None:
    """Exit 1 with code + sentence for a refusal; anything else is a fault of ours and keeps its trace."""
    from anwang.domain.base import Refusal

    if isinstance(error, Refusal):
        click.echo(f"{error.code}: {error}", err=True)
        sys.exit(1)
    from django.core.exceptions import ImproperlyConfigured
    from django.db.utils import OperationalError

    if isinstance(error, ImproperlyConfigured):
        click.echo(f"configuration: {error}", err=True)
        sys.exit(2)
    if isinstance(error, OperationalError) and "no such table" in str(error):
        click.echo("database_empty: 数据库尚未准备，请先运行 anwang migrate。", err=True)
        sys.exit(1)
    raise error


if __name__ == "__main__":
    main()
