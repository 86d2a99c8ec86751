#!/usr/bin/env bash
#
# Runs every fuzz test of the provider for the given time or number of executions: scripts/fuzz.sh 30m,
# scripts/fuzz.sh 4000x. By time, Go 1.26 may call the end of a run a failure, with nothing but
# "context deadline exceeded" (golang/go#75804); by number it does not.
set -euo pipefail
cd "$(dirname "$0")/.."

found=0
for package in $(go list ./...); do
	for target in $(go test -list '^Fuzz' "$package" | grep '^Fuzz' || true); do
		found=$((found + 1))
		echo "== $package $target, $1"
		go test -run '^$' -fuzz "^$target\$" -fuzztime "$1" -fuzzminimizetime 50x "$package"
	done
done

if [ "$found" -eq 0 ]; then
	echo "There is no fuzz test." >&2
	exit 1
fi
