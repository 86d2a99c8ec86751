#!/usr/bin/env bash
#
# Runs a command with internal/provider/shortcut.go as if its two methods were not there, so that the plugin framework
# alone answers: scripts/without-shortcut.sh go test ./internal/provider. Go takes the changed file by its -overlay.
set -euo pipefail

file="$(cd "$(dirname "$0")/.." && pwd)/internal/provider/shortcut.go"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT

# Under another name a method is nobody's: what is embedded has its say.
sed -E 's/^func \(s shortcut\) (ReadDataSource|ValidateDataResourceConfig)\(/func (s shortcut) without\1(/' "$file" >"$work/shortcut.go"
if [ "$(grep -c '^func (s shortcut) without' "$work/shortcut.go")" -ne 2 ]; then
	echo "$file has other methods than expected." >&2
	exit 1
fi
echo "{\"Replace\": {\"$file\": \"$work/shortcut.go\"}}" >"$work/overlay.json"
GOFLAGS="-overlay=$work/overlay.json" "$@"
