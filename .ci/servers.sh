#!/bin/sh
# Gets the SPARQL servers that answers are compared on, as far as this machine can have them: Virtuoso as a package of
# Debian or Ubuntu (by root, or sudo that asks nothing), Apache Jena Fuseki through Maven. Prints the names of those that
# are here afterwards; what cannot be had is no failure, and its tests skip by name.
set -u
cd "$(dirname "$0")/.."
fuseki=5.2.0 # the last line that runs on Java 17
jar=build/servers/jena-fuseki-server-$fuseki.jar

say() { printf '==> %s\n' "$*" >&2; }

if ! command -v virtuoso-t >/dev/null && command -v apt-get >/dev/null; then
    say "Installing Virtuoso"
    as_root=
    [ "$(id -u)" -eq 0 ] || as_root="sudo --non-interactive"
    $as_root apt-get update -q >&2 || say "The lists of packages are as old as they are"
    # The program alone: the package virtuoso-opensource would also start it as a service.
    DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -q --no-install-recommends \
        virtuoso-opensource-7-bin virtuoso-opensource-7-common >&2 || say "Virtuoso cannot be installed here"
fi
if ! [ -f "$jar" ] && command -v mvn >/dev/null && command -v java >/dev/null; then
    say "Fetching Apache Jena Fuseki $fuseki"
    mvn --quiet --batch-mode dependency:copy -Dartifact=org.apache.jena:jena-fuseki-server:$fuseki \
        -DoutputDirectory="$PWD/build/servers" >&2 || say "Fuseki cannot be fetched here"
fi

# Datasette serves rows of SQLite: no server of SPARQL, but what pages of ours are measured beside (make bench).
if ! [ -x build/servers/datasette/bin/datasette ]; then
    say "Fetching Datasette"
    { python3 -m venv build/servers/datasette &&
        build/servers/datasette/bin/python -m pip --disable-pip-version-check install --quiet 'datasette>=0.65,<0.66'; } >&2 ||
        say "Datasette cannot be fetched here"
fi

here=oxigraph # it comes with the development packages
command -v virtuoso-t >/dev/null && here="$here virtuoso"
[ -f "$jar" ] && command -v java >/dev/null && here="$here fuseki"
echo "$here"
