// SPDX-License-Identifier: MPL-2.0

package reference

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// release is a Coder release; a pre-release counts as its release.
type release [3]int

var releasePattern = regexp.MustCompile(`^v?(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})(?:-[0-9A-Za-z.-]+)?(?:\+[0-9A-Za-z.-]+)?$`)

func parseRelease(text string) (release, error) {
	parts := releasePattern.FindStringSubmatch(text)
	if parts == nil {
		return release{}, fmt.Errorf("%q is not a Coder release such as 2.24.1", text)
	}
	var r release
	for i := range r {
		n, err := strconv.Atoi(parts[i+1])
		if err != nil {
			return release{}, fmt.Errorf("%q is not a Coder release such as 2.24.1: %w", text, err)
		}
		r[i] = n
	}
	return r, nil
}

func (r release) less(other release) bool { return slices.Compare(r[:], other[:]) < 0 }

// ForRelease returns the edition for a Coder release, such as 2.24.1 or
// v2.24.1: the newest whose first release is not above it. A text that is no
// version, or a release before the first edition, is an error that says so.
func ForRelease(version string) (*Edition, error) {
	all, err := Editions()
	if err != nil {
		return nil, err
	}
	return forRelease(all, version)
}

func forRelease(all []*Edition, version string) (*Edition, error) {
	wanted, err := parseRelease(version)
	if err != nil {
		return nil, err
	}
	for _, e := range slices.Backward(all) {
		if first, err := parseRelease(e.Releases.First); err == nil && !wanted.less(first) {
			return e, nil
		}
	}
	return nil, fmt.Errorf("Coder %s is older than %s, the first release with a validated reference architecture", //nolint:staticcheck // Coder is a name
		strings.TrimPrefix(version, "v"), all[0].Releases.First)
}
