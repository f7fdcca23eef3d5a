#!/bin/sh
# Debian packages that are not Python's: asked for by what they bring, installed only when missing and only by root.
#   debian.sh tests              what the tests drive: a browser, LibreOffice, PDF tools, Chinese fonts
#   debian.sh postgres           a PostgreSQL server for the second run of the tests
#   debian.sh --need PACKAGE WHY one package without which nothing goes on
# Without root `tests` only says what is missing (those tests then report why they did not run); the others fail.
set -eu

have() { command -v "$1" >/dev/null 2>&1; }
have_library() { [ -n "$(find /lib /usr/lib /usr/lib64 -name "$1" 2>/dev/null | head -n 1)" ]; }
have_chinese_font() {
    [ -n "$(find /usr/share/fonts -name 'NotoSansCJK*' 2>/dev/null | head -n 1)" ] ||
        { have fc-list && [ -n "$(fc-list :lang=zh 2>/dev/null)" ]; }
}
have_postgres() { have initdb || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; }

install() {
    export DEBIAN_FRONTEND=noninteractive
    for attempt in 1 2 3; do
        # shellcheck disable=SC2086 — a list of names
        if apt-get -qq update &&
            apt-get -qq install --yes --no-install-recommends -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 \
                -o Dpkg::Use-Pty=0 $1 </dev/null >/dev/null; then
            return 0
        fi
        echo "apt-get: 第 $attempt 次未成功 / attempt $attempt failed" >&2
        sleep $((attempt * 5))
    done
    return 1
}

missing=
need=must
case ${1:-} in
    tests)
        need=should
        have chromium || have chromium-browser || have google-chrome || missing="$missing chromium"
        have pdftoppm || missing="$missing poppler-utils"
        have soffice || missing="$missing libreoffice-writer-nogui"
        have_library libatomic.so.1 || missing="$missing libatomic1" # the browser driver's own Node
        have_chinese_font || missing="$missing fonts-noto-cjk"
        why="部分测试 / some of the tests" ;;
    postgres)
        have_postgres || missing=" postgresql"
        why="PostgreSQL 上的测试 / the tests on PostgreSQL" ;;
    --need)
        missing=" ${2:?package}"
        why=${3:?why} ;;
    *)
        echo "usage: debian.sh tests | postgres | --need PACKAGE WHY" >&2
        exit 2 ;;
esac
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ] && have apt-get; then
    echo "== Debian 软件包 / Debian packages:$missing"
    install "$missing" && exit 0
fi
echo "$why：缺少 Debian 软件包，请先执行 sudo apt-get install$missing / Debian packages are missing: run that command first" >&2
[ "$need" = should ] && [ -z "${CI:-}" ]
