#!/bin/sh
# Holds the packages of a lock against the published advisories.
#
#   .ci/audit.sh VENV LOCK...
#
# Exit 1: a package has a known fault, and is named with its remedy. Where the service of advisories cannot be reached, or
# knows none of the packages, this is said, and is no fault of the change at hand: exit 0.
set -eu
venv=$1
shift
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for lock in "$@"; do set -- "$@" --requirement "$lock"; shift; done
# The lock is whole and hashed: nothing is resolved or installed for this.
"$venv/bin/python" -m pip_audit --disable-pip --require-hashes --progress-spinner off --timeout 15 \
    --format json --output "$folder/found.json" "$@" 2>"$folder/said" || true
if [ -s "$folder/found.json" ]; then
    "$venv/bin/python" - "$folder/found.json" <<'PYTHON'
import json, sys

with open(sys.argv[1], encoding="utf-8") as found:
    packages = json.load(found)["dependencies"]
audited = [package for package in packages if "vulns" in package]
for package in audited:
    for fault in package["vulns"]:
        mended = ", ".join(fault["fix_versions"]) or "not yet"
        print(f"audit: {package['name']} {package['version']}: {fault['id']}; mended in: {mended}")
faults = sum(len(package["vulns"]) for package in audited)
if not audited:
    print(f"audit: SKIPPED, the service of advisories could be asked about none of {len(packages)} packages")
else:
    print(f"audit: {faults} known faults in {len(audited)} packages; {len(packages) - len(audited)} could not be asked about")
sys.exit(1 if faults else 0)
PYTHON
elif grep -qiE 'connection|timed? ?out|max retries|unreachable|service' "$folder/said"; then
    echo "audit: SKIPPED, the service of advisories cannot be reached"
else
    cat "$folder/said" >&2
    exit 1
fi
