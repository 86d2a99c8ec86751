// SPDX-License-Identifier: MPL-2.0

package reference

import (
	"testing"
	"testing/fstest"
)

func TestForRelease(t *testing.T) {
	all, err := Load(fstest.MapFS{
		"2024-03.yaml": {Data: []byte(edition(t, "2024-03"))},
		"2025-04.yaml": {Data: []byte(edition(t, "2025-04"))},
		"2026-01.yaml": {Data: []byte(edition(t, "2026-01"))},
	})
	if err != nil {
		t.Fatal(err)
	}
	for version, want := range map[string]string{
		"2.10.0": "2024-03", "v2.21.3": "2024-03", "2.22.0": "2025-04", "v2.22.0-rc.1": "2025-04", "2.24.1": "2025-04",
		"2.29.19": "2025-04", "2.29.99": "2025-04", "2.30.0": "2026-01", "v2.30.0-rc.0": "2026-01", "2.35.1": "2026-01", "3.0.0": "2026-01", "2.24.1+meta": "2025-04",
	} {
		if got, err := forRelease(all, version); err != nil || got.ID != want {
			t.Errorf("Coder %s: %v %v, want %s", version, got, err, want)
		}
	}
	for version, want := range map[string]string{
		"banana":          `"banana" is not a Coder release such as 2.24.1`,
		"":                `"" is not a Coder release such as 2.24.1`,
		"2.24":            `"2.24" is not a Coder release such as 2.24.1`,
		"02.24.1":         `"02.24.1" is not a Coder release such as 2.24.1`,
		"2.24.9999999999": `"2.24.9999999999" is not a Coder release such as 2.24.1`,
		"v2.9.9":          "Coder 2.9.9 is older than v2.10.0, the first release with a validated reference architecture",
		"1.99.0":          "Coder 1.99.0 is older than v2.10.0, the first release with a validated reference architecture",
	} {
		if got, err := forRelease(all, version); err == nil || err.Error() != want {
			t.Errorf("Coder %s: %v %v, want %s", version, got, err, want)
		}
	}
}

// Every edition answers for its own first release, unless a newer one begins
// with it too.
func TestForReleaseOfEveryEdition(t *testing.T) {
	all, err := Editions()
	if err != nil {
		t.Fatal(err)
	}
	for i, e := range all {
		newest := e
		for _, newer := range all[i+1:] {
			if newer.Releases.First == e.Releases.First {
				newest = newer
			}
		}
		if got, err := ForRelease(e.Releases.First); err != nil || got != newest {
			t.Errorf("Coder %s: %v %v, want %s", e.Releases.First, got, err, newest.ID)
		}
	}
}
