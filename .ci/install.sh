#!/bin/sh
# Puts the packages of a lock into the project's own Python: exact versions, every file checked by its hash.
#
#   .ci/install.sh FOLDER LOCK...
set -eu
venv=$1
shift
printf '==> Installing the packages of %s\n' "$*" >&2
for lock in "$@"; do set -- "$@" -r "$lock"; shift; done
# Packages that come as source are built with the tools of requirements-build.lock, not with whatever is newest.
"$venv/bin/python" -m pip --disable-pip-version-check install --require-hashes --no-build-isolation "$@" || {
    status=$?
    cat >&2 <<'MESSAGE'

Golden Thread cannot be set up: pip could not install its packages (its own words stand above).
  No network:          it is needed this once; check the connection and run the same command again.
  Behind a proxy:      export HTTPS_PROXY=http://proxy.example:8080
  With a mirror:       export PIP_INDEX_URL=https://mirror.example/simple
  An uncommon system or a very new Python: choose another with make PYTHON=/path/to/python3.12 run
("No matching distribution" is what pip says in all of these cases.)
MESSAGE
    exit "$status"
}
