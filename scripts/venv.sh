#!/bin/sh
# Make the virtual environment $1 with a Python of at least 3.11. $PYTHON chooses the interpreter.
# Debian ships ensurepip in python3-venv: installed when root, else named in one sentence.
set -eu
venv=${1:?usage: venv.sh FOLDER}

fits() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

python=
for candidate in "${PYTHON:-python3}" python3.13 python3.12 python3.11; do
    if fits "$candidate"; then python=$candidate; break; fi
done
if [ -z "$python" ]; then
    echo "需要 Python 3.11 或更新版本：请先安装，或用 PYTHON=/路径/python3 指定。 / Python 3.11 or newer is needed: install it or set PYTHON=…" >&2
    exit 1
fi

if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    sh "$(dirname "$0")/debian.sh" --need "python$version-venv" "Python 的 venv 模块 / the venv module of Python"
fi

# An environment of another interpreter or another folder cannot be mended, only made again.
if [ -e "$venv" ] && ! { [ -x "$venv/bin/python" ] && fits "$venv/bin/python" && "$venv/bin/python" -m pip --version >/dev/null 2>&1; }; then
    rm -rf "$venv"
fi
if [ ! -e "$venv" ]; then
    echo "== Python 环境 / Python environment ($("$python" --version))"
    "$python" -m venv "$venv"
fi
