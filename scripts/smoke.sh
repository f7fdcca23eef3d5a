#!/bin/bash
# What a newcomer does, without a person: demo data into an empty folder, the server on a free port, the first page.
set -euo pipefail
data=$(mktemp -d)
server=
finish() {
    [ -z "$server" ] || { kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; }
    rm -rf "$data"
}
trap finish EXIT
export ANWANG_DATA=$data
make --no-print-directory demo-data
port=$(.venv/bin/python -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
ANWANG_DEMO=1 .venv/bin/anwang serve --port "$port" >"$data/serve.log" 2>&1 &
server=$!
if ! .venv/bin/python scripts/wait_for_page.py "http://127.0.0.1:$port/"; then
    cat "$data/serve.log" >&2
    exit 1
fi
echo "make demo：首页可用 / the first page answers"
