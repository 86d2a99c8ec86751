// Command terraform runs the real Terraform, told of one more running provider: package standin builds it, and terraform-plugin-testing
// takes it for Terraform.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path"
	"strings"
)

// attached is where Terraform looks for providers that run already.
const attached = "TF_REATTACH_PROVIDERS"

// What package standin links in.
var (
	program string // the real Terraform
	source  string // what it serves besides, such as refarch/refarch
)

func main() {
	code, err := run()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	}

	os.Exit(code)
}

// run returns the exit code of the real Terraform.
func run() (int, error) {
	all, err := withSource(os.Getenv(attached), source)
	if err != nil {
		return 1, err
	}

	command := exec.Command(program, os.Args[1:]...)
	command.Stdin, command.Stdout, command.Stderr = os.Stdin, os.Stdout, os.Stderr
	// One thread each: tests run side by side, and what threads take to find work for each other is a tenth of the whole.
	command.Env = append(os.Environ(), attached+"="+all, "GOMAXPROCS=1")

	var failed *exec.ExitError

	switch err := command.Run(); {
	case errors.As(err, &failed):
		return failed.ExitCode(), nil
	case err != nil:
		return 1, fmt.Errorf("running Terraform: %w", err)
	default:
		return 0, nil
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
