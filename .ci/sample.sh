#!/bin/sh
# Builds the graph of the bundled sample report, unless the folder holds a graph that somebody made or added to: that
# one is served as it is. STORE/.built remembers which generation of the store is the sample alone.
#
#   .ci/sample.sh PYTHON STORE
set -eu
python=$1
store=$2
now=$(readlink "$store/current" 2>/dev/null || :)
if [ -n "$now" ] && [ "$now" != "$(cat "$store/.built" 2>/dev/null)" ]; then
    printf '==> %s holds reports of your own and stays as it is. To start again from the sample: rm -r "%s"\n' \
        "$store" "$store" >&2
    exit
fi
echo "==> Building the graph from the bundled sample" >&2
"$python" -m graph build --store "$store"
readlink "$store/current" > "$store/.built"
