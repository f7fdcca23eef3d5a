#!/bin/bash
# Run a command with DATABASE_URL pointing at a throw-away PostgreSQL on loopback; nothing of it is left afterwards.
#   bash scripts/postgres.sh .venv/bin/python -m pytest
# Durability is off on purpose: the cluster lives for one command. PostgreSQL refuses to run as root, so root starts it
# as the account `postgres` that Debian's packages bring.
set -euo pipefail
[ $# -gt 0 ] || { echo "usage: postgres.sh COMMAND…" >&2; exit 2; }

bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1 || true)
[ -n "$bin" ] || bin=$(dirname "$(command -v initdb || true)")
[ -x "$bin/initdb" ] || { echo "没有 PostgreSQL 服务端：请安装 postgresql 软件包。 / No PostgreSQL server here: install the package postgresql." >&2; exit 1; }

home=$(mktemp -d)
as_owner=()
if [ "$(id -u)" = 0 ]; then
    as_owner=(setpriv --reuid postgres --regid postgres --clear-groups)
    chown postgres "$home"
fi
run() { (cd "$home" && "${as_owner[@]}" env -u DATABASE_URL HOME="$home" LC_ALL=C.UTF-8 "$@"); }
finish() {
    run "$bin/pg_ctl" -D "$home/cluster" -m immediate -w stop >/dev/null 2>&1 || true
    rm -rf "$home"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

run "$bin/initdb" -D "$home/cluster" -U anwang -A trust -E UTF8 --locale=C.UTF-8 --no-sync >/dev/null
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
if ! run "$bin/pg_ctl" -D "$home/cluster" -w -t 60 -l "$home/log" -o "-c listen_addresses=127.0.0.1 -c port=$port \
        -c unix_socket_directories='' -c max_connections=200 -c fsync=off -c synchronous_commit=off -c full_page_writes=off" \
        start >/dev/null; then
    cat "$home/log" >&2
    exit 1
fi
run "$bin/createdb" -h 127.0.0.1 -p "$port" -U anwang anwang
DATABASE_URL="postgres://anwang@127.0.0.1:$port/anwang" "$@"
