#!/bin/sh
# The project's own Python, in a folder of its own.
#
#   .ci/venv.sh create FOLDER   makes it afresh; names what is missing, and the remedy
#   .ci/venv.sh state FOLDER    prints "stale" unless it is there and still works in this place
#
# PYTHON=/path/to/python3.x chooses the Python to make it with. Plain sh: nothing else is there yet.
set -eu

usable='import sys; sys.exit(sys.version_info < (3, 11))'
version='import platform; print(platform.python_version())'

fail() {
    printf '\nGolden Thread cannot be set up: %s\n' "$1" >&2
    shift
    for line in "$@"; do printf '  %s\n' "$line" >&2; done
    exit 1
}

# A virtual environment names its own place and its own Python, so it survives neither a move nor an upgrade.
state() {
    if [ "$(cat "$1/.place" 2>/dev/null)" = "$(pwd -P)" ] &&
        "$1/bin/python" -c 'import os, sys; sys.exit(not os.path.isdir(sys.prefix + "/lib/python%d.%d" % sys.version_info[:2]))' 2>/dev/null
    then return; fi
    echo stale
}

find_python() {
    found=
    for name in ${PYTHON:-python3 python3.13 python3.12 python3.11 python3.14}; do
        path=$(command -v "$name" 2>/dev/null) || continue
        "$path" -c "$usable" 2>/dev/null && { python=$path; return; }
        number=$("$path" -c "$version" 2>/dev/null) || continue
        found="${found:+$found, }$path ($number)"
    done
    if [ -n "${PYTHON:-}" ]; then
        fail "PYTHON=$PYTHON is not a Python 3.11 or later${found:+: found $found}." \
            "Give the path of one, or leave PYTHON out and the first on the PATH is taken."
    fi
    fail "it needs Python 3.11 or later, and ${found:-no python3 was found}${found:+ is too old}." \
        "Debian 12, Ubuntu 24.04 and later:  sudo apt-get install python3 python3-venv" \
        "Ubuntu 22.04:                       sudo apt-get install python3.11 python3.11-venv" \
        "macOS with Homebrew:                brew install python@3.13" \
        "If one stands elsewhere:            make PYTHON=/path/to/python3.11 run"
}

create() {
    find_python
    number=$("$python" -c "$version")
    short=${number%.*}
    "$python" -c 'import ensurepip, venv' 2>/dev/null ||
        fail "$python ($number) comes without its venv and ensurepip modules." \
            "Debian, Ubuntu:  sudo apt-get install python$short-venv" \
            "Elsewhere:       install a whole Python $short, or choose another with PYTHON=/path/to/python3"
    printf '==> Making %s with Python %s (%s)\n' "$1" "$number" "$python" >&2
    rm -rf "$1" 2>/dev/null && mkdir -p "$1" 2>/dev/null ||
        fail "the folder $(pwd -P)/$1 cannot be written." \
            "Check who owns it and whether the disk is full: ls -ld . $1; df -h ." \
            "If an earlier run was started with sudo:  sudo rm -rf $1"
    "$python" -m venv "$1" ||
        fail "$python could not make a virtual environment (its own words stand above)." \
            "Debian, Ubuntu:  sudo apt-get install --reinstall python$short-venv" \
            "A full disk:     df -h ."
    pwd -P > "$1/.place"
}

case ${1:-} in
    create) create "$2" ;;
    state) state "$2" ;;
    *) echo "usage: .ci/venv.sh create|state FOLDER" >&2; exit 2 ;;
esac
