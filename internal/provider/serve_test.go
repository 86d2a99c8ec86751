// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"os"
	"runtime"
	"runtime/debug"
	"testing"
)

// A process that answers one plan runs on one thread, whatever the machine has.
// Logs are left out unless somebody asks for them, and a level that is set
// stays as it is.
func TestTune(t *testing.T) {
	restoreTuning(t)
	for name, test := range map[string]struct{ variable, value, libraries, own string }{
		"nobody asks":                    {"TF_LOG", "", "off", "off"},
		"logs of everything":             {"TF_LOG", "debug", "", ""},
		"logs of providers":              {"TF_LOG_PROVIDER", "trace", "", ""},
		"logs of this provider":          {"TF_LOG_PROVIDER_REFARCH", "debug", "", "debug"},
		"logs of the libraries":          {"TF_LOG_SDK", "warn", "warn", ""},
		"logs of Terraform itself alone": {"TF_LOG_CORE", "trace", "off", "off"},
	} {
		t.Run(name, func(t *testing.T) {
			for _, variable := range []string{"TF_LOG", "TF_LOG_PROVIDER", "TF_LOG_PROVIDER_REFARCH", "TF_LOG_SDK", "TF_LOG_CORE"} {
				t.Setenv(variable, "")
			}
			t.Setenv(test.variable, test.value)
			must(t, tune())
			checkEqual(t, nil, "TF_LOG_SDK", os.Getenv("TF_LOG_SDK"), test.libraries)
			checkEqual(t, nil, "TF_LOG_PROVIDER_REFARCH", os.Getenv("TF_LOG_PROVIDER_REFARCH"), test.own)
			if got := runtime.GOMAXPROCS(0); got != 1 {
				t.Errorf("it runs on %d threads at a time, want 1", got)
			}
		})
	}
}

// restoreTuning undoes at the end of a test what tune does to the process.
func restoreTuning(t testing.TB) {
	t.Helper()
	percent, threads := debug.SetGCPercent(100), runtime.GOMAXPROCS(0)
	t.Cleanup(func() {
		debug.SetGCPercent(percent)
		runtime.GOMAXPROCS(threads)
	})
}
