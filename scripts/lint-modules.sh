#!/usr/bin/env bash
#
# Lints every Go module of the repository in the same way: scripts/lint-modules.sh MODULE...
# (GOLANGCI_LINT is the command to use).
set -euo pipefail
cd "$(dirname "$0")/.."

root="$PWD"
status=0

step() {
	echo "-- $*"
	"$@" || status=1
}

for module in "$@"; do
	echo "== Go module $module"
	cd "$root/$module"

	step go mod tidy -diff
	step go vet ./...
	# shellcheck disable=SC2086 # the command has arguments
	step $GOLANGCI_LINT run --allow-serial-runners --config "$root/.golangci.yml" ./...
done

cd "$root"
echo "== gofmt"
unformatted="$(git ls-files --cached --others --exclude-standard '*.go' | xargs gofmt -s -l)"
if [ -n "$unformatted" ]; then
	echo "$unformatted"
	echo "The files above are not formatted: run gofmt -s -w on them." >&2
	status=1
fi

exit "$status"
