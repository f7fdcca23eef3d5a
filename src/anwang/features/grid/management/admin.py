"""`anwang admin create`: the first administrators, before anybody can sign in."""

from __future__ import annotations

import sys

import click

from anwang.features.grid import actions
from anwang.web.console import clock, emit, json_option, operator

KINDS = {"system": "system_admin", "security": "security_admin", "audit": "audit_admin"}


@click.group()
def admin() -> None:
    """管理员：系统、安全、审计三员分设。"""


@admin.command()
@click.argument("kind", type=click.Choice(list(KINDS)))
@click.option("--name", required=True, help="姓名")
@click.option("--username", required=True, help="登录名")
@click.option("--password-stdin", is_flag=True, help="从标准输入读取密码（一行）")
@json_option
def create(kind: str, name: str, username: str, password_stdin: bool, as_json: bool) -> None:
    """新建一名管理员：system 系统管理员、security 安全管理员、audit 审计管理员。"""
    if password_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    else:
        password = click.prompt("密码（至少 10 位）", hide_input=True, confirmation_prompt="再输一次", err=True)
    if not password:
        raise click.UsageError("密码是空的。")
    user = actions.create_administrator(
        by=operator(), now=clock(), kind=KINDS[kind], name=name, username=username, password=password
    )
    emit({"user": user, "username": username, "kind": KINDS[kind]}, as_json=as_json, text=f"已建立：{username}")
