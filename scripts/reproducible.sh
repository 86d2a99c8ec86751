#!/usr/bin/env bash
#
# Builds two snapshots of the commit checked out, in two clones at two places, and compares every file
# that a release publishes: scripts/reproducible.sh (GORELEASER is the command to use).
set -euo pipefail
cd "$(dirname "$0")/.."

if [ -n "$(git status --porcelain)" ]; then
	echo "Commit first: what is built are clones of the commit." >&2
	exit 1
fi
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

snapshot() {
	local hashes="$2"

	git clone --quiet --no-hardlinks . "$1"
	(
		cd "$1"
		# shellcheck disable=SC2086 # the command has arguments
		$GORELEASER release --snapshot --clean --skip=publish,sign
		cd dist
		# All but what goreleaser notes for itself: its paths and the time of the run.
		find . -type f ! -name artifacts.json ! -name metadata.json ! -name config.yaml -print0 |
			sort -z | xargs -0 sha256sum >"$hashes"
	)
}

snapshot "$work/one" "$work/one.sha256"
snapshot "$work/another/place" "$work/another.sha256"

if ! diff "$work/one.sha256" "$work/another.sha256"; then
	echo "Not reproducible: the files above differ between two builds." >&2
	exit 1
fi
cat "$work/one.sha256"
echo "Reproducible: $(wc -l <"$work/one.sha256") files are the same in both builds."
