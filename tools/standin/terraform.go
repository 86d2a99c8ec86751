package standin

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

const (
	terraformPath = "TF_ACC_TERRAFORM_PATH" // which Terraform terraform-plugin-testing starts
	wrapper       = "github.com/refarch/terraform-provider-refarch/tools/standin/terraform"
)

// Main runs the tests of a package, acceptance tests among them with a Terraform that is told of one more provider: it finds that under
// its own source ("refarch/refarch") beside those of the namespace hashicorp. It returns the exit code.
func Main(source string, tests func() int) int {
	if os.Getenv("TF_ACC") == "" {
		return tests()
	}

	code, err := stepIn(source, tests)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)

		return 1
	}

	return code
}

// stepIn makes terraform-plugin-testing start the command terraform of this package in place of Terraform.
func stepIn(source string, tests func() int) (code int, err error) {
	program := os.Getenv(terraformPath)
	if program == "" {
		if program, err = exec.LookPath("terraform"); err != nil {
			return tests(), nil // there is nothing to stand in for, and the acceptance tests say so themselves
		}
	}

	folder, err := os.MkdirTemp("", "standin-")
	if err != nil {
		return 0, fmt.Errorf("a folder for the stand-in for Terraform: %w", err)
	}

	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()

	// The name has the ending by which Windows knows programs.
	built := filepath.Join(folder, "terraform.exe")
	linked := fmt.Sprintf("-s -w -X 'main.program=%s' -X main.source=%s", program, source)

	if output, err := exec.Command("go", "build", "-o", built, "-ldflags", linked, wrapper).CombinedOutput(); err != nil {
		return 0, fmt.Errorf("building the stand-in for Terraform: %w\n%s", err, output)
	}

	if err := os.Setenv(terraformPath, built); err != nil {
		return 0, fmt.Errorf("standing in for Terraform: %w", err)
	}

	return tests(), nil
}
