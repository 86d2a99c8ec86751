# shellcheck shell=bash
#
# Sourced from the root of the repository by whatever runs Terraform. It
#
#   - finds terraform, else tofu, in the PATH, else installs the pinned Terraform into .tools/,
#     and leaves its path in TERRAFORM ("make plan TERRAFORM=/path/to/tofu" chooses another);
#   - shuts out the caller's own Terraform settings, so that they change no result here
#     and nothing here changes them.

# Here too, for a make that does not know .SHELLFLAGS (3.81, as macOS has it).
set -euo pipefail

# The documentation is generated with this release: another one may word docs/ differently.
TERRAFORM_VERSION="${TERRAFORM_VERSION:-1.11.4}"

# Everything installed here stays in .tools/, which git ignores.
install_terraform() {
	local folder="$PWD/.tools/terraform-$TERRAFORM_VERSION"

	TERRAFORM="$folder/terraform"
	if [ -x "$TERRAFORM" ]; then
		return
	fi

	echo "Installing Terraform $TERRAFORM_VERSION into .tools/ ($1)." >&2
	mkdir -p "$folder"
	if ! (cd tools && go tool hc-install install -version "$TERRAFORM_VERSION" -path "$folder" terraform >&2); then
		rmdir "$folder" 2>/dev/null || true
		cat >&2 <<-EOF

			Terraform $TERRAFORM_VERSION could not be downloaded and verified (the reason is above).
			Install one of these yourself, so that it is in the PATH, and run the command again:
			  Terraform 1.0 or later   https://developer.hashicorp.com/terraform/install
			  OpenTofu 1.6 or later    https://opentofu.org/docs/intro/install/
		EOF
		return 1
	fi
}

find_terraform() {
	if [ -n "${TERRAFORM:-}" ]; then
		if ! TERRAFORM="$(command -v "$TERRAFORM")"; then
			echo "TERRAFORM is set, but names no program that can be run." >&2
			return 1
		fi
		# Tests and measurements run it in folders of their own.
		case "$TERRAFORM" in
		*/*) TERRAFORM="$(cd "$(dirname "$TERRAFORM")" && pwd)/$(basename "$TERRAFORM")" ;;
		esac
	elif ! TERRAFORM="$(command -v terraform || command -v tofu)"; then
		install_terraform "neither terraform nor tofu is in the PATH"
	fi
}

# tfplugindocs takes the schema from Terraform itself; OpenTofu will not do.
find_terraform_only() {
	if ! TERRAFORM="$(command -v terraform)"; then
		install_terraform "terraform is not in the PATH"
	fi
}

# The caller's settings stay out: where plugins come from, extra arguments, variables, a workspace.
shut_out_settings() {
	local name

	for name in $(compgen -e | grep -E '^TF_(VAR_|CLI_ARGS|WORKSPACE|DATA_DIR|REATTACH_PROVIDERS|PLUGIN_CACHE_DIR|LOG)'); do
		unset "$name"
	done
	export TF_CLI_CONFIG_FILE=/dev/null
	export TF_IN_AUTOMATION=1
	export CHECKPOINT_DISABLE=1
}

# The acceptance tests run the command found above.
for_acceptance_tests() {
	find_terraform
	shut_out_settings
	unset TF_IN_AUTOMATION
	export TF_ACC=1
	export TF_ACC_TERRAFORM_PATH="$TERRAFORM"

	case "$("$TERRAFORM" version 2>/dev/null)" in
	OpenTofu*) export TF_ACC_PROVIDER_HOST=registry.opentofu.org ;;
	*) unset TF_ACC_PROVIDER_HOST ;;
	esac
	echo "Acceptance tests run under $("$TERRAFORM" version | head -n 1)." >&2
}
