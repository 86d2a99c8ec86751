#!/usr/bin/env bash
#
# Prints the section of CHANGELOG.md for a version: scripts/release-notes.sh 0.1.0.
set -euo pipefail
cd "$(dirname "$0")/.."

notes="$(awk -v heading="## [$1]" '
	index($0, "## ") == 1 { inside = (index($0, heading) == 1); next }
	inside { print }
' CHANGELOG.md)"

if [ -z "$notes" ]; then
	echo "CHANGELOG.md has no section \"## [$1]\"." >&2
	exit 1
fi
echo "$notes"
