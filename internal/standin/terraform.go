package standin

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path"
	"strings"
)

const (
	attached      = "TF_REATTACH_PROVIDERS"   // where Terraform looks for providers that run already
	terraformPath = "TF_ACC_TERRAFORM_PATH"   // which Terraform terraform-plugin-testing starts
	realTerraform = "STANDIN_TERRAFORM"       // which one this binary starts in its place
	realSource    = "STANDIN_PROVIDER_SOURCE" // what it serves beside
)

// Main runs the tests of a package, or, in a process that terraform-plugin-testing started as Terraform, Terraform itself: told of one
// more provider, which it finds under its own source ("refarch/refarch") beside those of the namespace hashicorp. It returns the exit code.
func Main(source string, tests func() int) int {
	// A worker of "go test -fuzz" has the environment, too, and is no Terraform: its arguments begin with -test.
	isTest := len(os.Args) > 1 && strings.HasPrefix(os.Args[1], "-test.")
	if program := os.Getenv(realTerraform); program != "" && !isTest {
		return terraform(program)
	}

	if err := stepIn(source); err != nil {
		fmt.Fprintln(os.Stderr, err)

		return 1
	}

	return tests()
}

// stepIn makes terraform-plugin-testing start this binary as Terraform. Without a Terraform to be found nothing changes.
func stepIn(source string) error {
	program := os.Getenv(terraformPath)
	if program == "" {
		found, err := exec.LookPath("terraform")
		if err != nil {
			return nil //nolint:nilerr // then there is nothing to stand in for, and the acceptance tests say so themselves
		}

		program = found
	}

	self, err := os.Executable()
	if err != nil {
		return fmt.Errorf("no path of the running test: %w", err)
	}

	return errors.Join(os.Setenv(realTerraform, program), os.Setenv(realSource, source), os.Setenv(terraformPath, self))
}

func terraform(program string) int {
	command := exec.Command(program, os.Args[1:]...)
	command.Stdin, command.Stdout, command.Stderr = os.Stdin, os.Stdout, os.Stderr

	all, err := withSource(os.Getenv(attached), os.Getenv(realSource))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)

		return 1
	}

	// One thread each: tests run side by side, and what threads take to find work for each other is a tenth of the whole.
	command.Env = append(os.Environ(), attached+"="+all, "GOMAXPROCS=1")

	var failed *exec.ExitError

	switch err := command.Run(); {
	case errors.As(err, &failed):
		return failed.ExitCode()
	case err != nil:
		fmt.Fprintln(os.Stderr, err)

		return 1
	default:
		return 0
	}
}

// withSource adds a source to the running providers: where hashicorp/refarch runs, refarch/refarch is the same process.
func withSource(running, source string) (string, error) {
	if running == "" {
		return "", nil
	}

	var all map[string]json.RawMessage
	if err := json.Unmarshal([]byte(running), &all); err != nil {
		return "", fmt.Errorf("%s: %w", attached, err)
	}

	known := "/hashicorp/" + path.Base(source)

	for at, where := range all {
		if host, ok := strings.CutSuffix(at, known); ok {
			all[host+"/"+source] = where
		}
	}

	changed, err := json.Marshal(all)
	if err != nil {
		return "", fmt.Errorf("%s: %w", attached, err)
	}

	return string(changed), nil
}
