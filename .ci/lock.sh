#!/bin/sh
# Writes the three locks from pyproject.toml: for every system and Python from 3.11 on, with the hash of every file,
# and with no address in them, so that they serve whichever index is set.
#
#   .ci/lock.sh VENV [--upgrade]
set -eu
venv=$1
shift
compile() {
    output=$1
    shift
    # No header: it would hold the command line. fewest: one version for all Pythons where one will do.
    "$venv/bin/python" -m uv pip compile --universal --python-version 3.11 --fork-strategy fewest \
        --generate-hashes --no-header --no-annotate --quiet "$@" --output-file "$output"
    printf '%s: %s packages\n' "$output" "$(grep -c '==' "$output")"
}
compile requirements.lock "$@" pyproject.toml
compile requirements-dev.lock "$@" pyproject.toml --group dev --constraint requirements.lock
compile requirements-build.lock "$@" --group build --constraint requirements-dev.lock
