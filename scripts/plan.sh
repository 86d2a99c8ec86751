#!/usr/bin/env bash
#
# Plans examples/plan with the provider in bin/: scripts/plan.sh USERS CLOUD [EDITION].
# No init, no state, no lock file: what Terraform writes goes to .tools/, which git ignores.
set -euo pipefail
cd "$(dirname "$0")/.."

# shellcheck source=scripts/terraform.sh
. scripts/terraform.sh
find_terraform
shut_out_settings

arguments=(-input=false -lock=false -var "users=$1" -var "cloud=$2")
if [ -n "${3:-}" ]; then
	arguments+=(-var "edition=$3")
fi

work="$PWD/.tools/plan"
mkdir -p "$work"
# The short address stands for this provider at the registry of Terraform and at that of OpenTofu.
cat >"$work/cli.tfrc" <<EOF
provider_installation {
  dev_overrides {
    "refarch/refarch" = "$PWD/bin"
  }
  direct {}
}
EOF
export TF_CLI_CONFIG_FILE="$work/cli.tfrc" TF_DATA_DIR="$work/data"

# Terraform warns of a provider that comes from a folder, which is the purpose here. Only the box of
# that title is left out; any other warning or error passes. Colours are for a terminal: elsewhere
# they are taken out (-no-color would take the boxes too, by which the warning is told from others).
colour=1
if [ ! -t 1 ] || [ -n "${NO_COLOR:-}" ]; then
	colour=0
fi
without_override_warning() {
	awk -v colour="$colour" '
		{ plain = $0; gsub(/\033\[[0-9;]*m/, "", plain); line = colour ? $0 : plain }
		box == "" && index(plain, "╷") == 1 { box = line "\n"; drop = 0; next }
		box != "" {
			box = box line "\n"
			if (index(plain, "Warning: Provider development overrides are in effect")) drop = 1
			if (index(plain, "╵") == 1) { if (!drop) printf "%s", box; box = ""; dropped = drop }
			next
		}
		dropped && plain == "" { dropped = 0; next }
		{ dropped = 0; print line; fflush() }
		END { printf "%s", box }
	'
}

# Errors come on standard error, through the same filter for their colours.
{
	"$TERRAFORM" -chdir=examples/plan plan "${arguments[@]}" 2>&1 >&3 3>&- | without_override_warning >&2
} 3>&1 | without_override_warning
