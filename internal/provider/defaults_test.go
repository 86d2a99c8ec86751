// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"maps"
	"testing"

	"github.com/refarch/terraform-provider-refarch/internal/cloud"
	"github.com/refarch/terraform-provider-refarch/internal/reference"
)

// Every scalar argument with a default reads back the value used, which a
// module may rely on without asking whether it is null.
func TestDefaultsReadBack(t *testing.T) {
	for _, test := range []struct {
		given, want values
	}{
		{values{"users": 1000, "cloud": "gcp"}, values{
			"edition": "2024-03", "high_availability": false, "concurrent_workspaces": number64(1000), "concurrent_builds": number64(60), "zones": number64(1),
			"packing": "published", "max_pods_per_node": number64(110), "colocate_provisioners": false, "proxy_regions": number64(0), "beyond_range": "error",
			"other_nodes": number64(0), "coderd_replicas": number64(1),
		}},
		{values{"users": 2500, "cloud": "aws", "edition": "2026-01"}, values{
			"edition": "2026-01", "high_availability": true, "concurrent_workspaces": number64(1500), "concurrent_builds": number64(180), "zones": number64(1),
			"packing": "published", "max_pods_per_node": number64(110), "colocate_provisioners": false, "proxy_regions": number64(0), "beyond_range": "error",
			"other_nodes": number64(0), "coderd_replicas": number64(4),
		}},
		{values{"users": 80, "cloud": "aws", "edition": "2025-04", "colocate_provisioners": true}, values{
			"edition": "2025-04", "high_availability": false, "concurrent_workspaces": number64(80), "concurrent_builds": number64(10), "zones": number64(1),
			"packing": "published", "max_pods_per_node": number64(58), "colocate_provisioners": true, "proxy_regions": number64(0), "beyond_range": "error",
			"other_nodes": number64(0), "coderd_replicas": number64(1),
		}},
	} {
		got, _ := read(t, "refarch_sizing", test.given)
		for name, value := range test.want {
			checkEqual(t, test.given, name, got[name], value)
		}
		for name, attribute := range attributesOf(t, "refarch_sizing") {
			if _, tested := test.want[name]; attribute.Optional && attribute.Computed != tested {
				t.Errorf("%s is not in the test, or reads nothing back", name)
			}
		}
	}
}

// What reads back, given back, is the same answer; only where it warns of a
// newer edition it does no more. coderd_replicas fixes bounds that pages leave
// open.
func TestReadBackIsTheSame(t *testing.T) {
	editions, err := reference.IDs()
	must(t, err)
	for _, edition := range editions {
		for _, name := range cloud.Names() {
			for _, users := range []int{1, 100, 1000, 1001, 2777} {
				given := values{"users": users, "cloud": name, "edition": edition}
				want, _ := read(t, "refarch_sizing", given)
				for argument, attribute := range attributesOf(t, "refarch_sizing") {
					if attribute.Optional && attribute.Computed && argument != "coderd_replicas" {
						given[argument] = want[argument]
					}
				}
				got, diagnostics := read(t, "refarch_sizing", asConfigured(t, given))
				checkEqual(t, given, "what is told", told(diagnostics), []string{})
				checkEqual(t, given, "the answer", got, want)
			}
		}
	}
}

// asConfigured makes what a test reads what it may give.
func asConfigured(t *testing.T, read values) values {
	t.Helper()
	given := maps.Clone(read)
	for name, value := range given {
		if number, ok := value.(decimalText); ok {
			given[name] = int(count(t, values{name: number}, name))
		}
	}
	return given
}

// The pod limit that reads back is the pool's: where the edition's own machine
// takes fewer pods than is asked for, it is the machine's.
func TestPodLimitReadsBackThePools(t *testing.T) {
	given := values{"users": 100, "cloud": "aws", "edition": "2026-01", "max_pods_per_node": 200}
	got, diagnostics := read(t, "refarch_sizing", given)
	checkEqual(t, given, "what is told", told(diagnostics), []string{})
	checkEqual(t, given, "max_pods_per_node", got["max_pods_per_node"], number64(110))
	checkEqual(t, given, "the pool's", lookup(t, got, "workspace", "max_pods_per_node"), number64(110))
}
