package reference

import (
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

func edition(t *testing.T, id string) string {
	t.Helper()
	text, err := fs.ReadFile(files, "editions/"+id+".yaml")
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestEditions(t *testing.T) {
	ids, err := IDs()
	if want := []string{"2024-03", "2025-04", "2026-01"}; err != nil || !slices.Equal(ids, want) {
		t.Fatalf("got %v %v, want %v", ids, err, want)
	}
	if !slices.Contains(ids, DefaultEdition) {
		t.Errorf("the default edition %s is none of %v", DefaultEdition, ids)
	}
	all, err := Editions()
	if err != nil {
		t.Fatal(err)
	}
	for i, e := range all {
		if e.ID != ids[i] {
			t.Errorf("the edition %s is listed as %s", e.ID, ids[i])
		}
		var limits []int64
		for _, tier := range e.Tiers {
			limits = append(limits, tier.ConcurrentWorkspaces(), tier.ConcurrentBuilds())
			if tier.HighAvailability != (tier.Name != "1k") {
				t.Errorf("%s %s: high availability is %t", e.ID, tier.Name, tier.HighAvailability)
			}
			if len(tier.Source.Commit) != 40 || !strings.HasPrefix(tier.Source.URL, "https://coder.com/docs/@v") ||
				!strings.HasSuffix(tier.Source.URL, "/"+tier.Name+"-users") || !strings.HasPrefix(tier.Source.PullRequest, "coder/coder#") {
				t.Errorf("%s %s: source %+v", e.ID, tier.Name, tier.Source)
			}
		}
		want := []int64{1024, 60, 2048, 120, 3072, 240}
		if e.ID == "2026-01" {
			want = []int64{600, 60, 1200, 120, 1800, 180, 6000, 600}
		}
		if !slices.Equal(limits, want) {
			t.Errorf("%s: workspaces and builds are limited to %v, not %v", e.ID, limits, want)
		}
		if e.Largest() != e.Tiers[len(e.Tiers)-1] || e.PublishesAPIRPS() != (e.ID != "2026-01") {
			t.Errorf("%s: largest %s, publishes RPS %t", e.ID, e.Largest().Name, e.PublishesAPIRPS())
		}
		if e.Source != e.Tiers[0].Source {
			t.Errorf("%s: the edition's source is not its 1k page", e.ID)
		}
	}
}

// What sets 2025-04 apart from 2024-03 are its AWS machines, its sources and a
// footnote about them; every other figure stands in both files alike.
func TestWhatEditionsDifferIn(t *testing.T) {
	difference := func(a, b string) string {
		var lines []string
		for _, line := range strings.Split(a, "\n") {
			if !strings.Contains(b, line+"\n") {
				lines = append(lines, line)
			}
		}
		return strings.Join(lines, "\n")
	}
	for _, line := range strings.Split(difference(edition(t, "2025-04"), edition(t, "2024-03")), "\n") {
		about := func(words ...string) bool {
			return slices.ContainsFunc(words, func(word string) bool { return strings.Contains(line, word) })
		}
		if !about("#", "id:", "releases:", "published:", "url:", "commit:", "pull_request:", "aws: m5.", "aws: c5.", "aws: db.m5.", "AWS", "m5.2xlarge", "running_workspaces") {
			t.Errorf("2025-04 differs from 2024-03 in %q", line)
		}
	}
}

func TestFaultyEditions(t *testing.T) {
	good := edition(t, "2024-03")
	fitted := edition(t, "2026-01")
	replace := func(text, old, with string) string {
		if !strings.Contains(text, old) {
			t.Fatalf("the edition does not contain %q", old)
		}
		return strings.Replace(text, old, with, 1)
	}
	for name, test := range map[string]struct{ id, text, want string }{
		"an unknown key": {"2024-03", replace(good, "    high_availability: false", "    high_availability: false\n    sla: 99"),
			"2024-03.yaml:24: tiers[0].sla: unknown key"},
		"a missing figure": {"2024-03", replace(good, "{vcpu: 2, memory_gb: 8, nodes: {min: 1", "{vcpu: 2, nodes: {min: 1"),
			"2024-03.yaml:30: tiers[0].coderd: memory_gb is missing"},
		"a missing cloud": {"2024-03", replace(good, "aws: t3.2xlarge, ", ""),
			"2024-03.yaml:34: tiers[0].provisioner.machine_types: names azure, gcp where the page's columns are aws, azure, gcp"},
		"a tier out of order": {"2024-03", replace(good, "users: 2000", "users: 1000"),
			"2024-03.yaml:49: tiers[1].limits.users: 1000 is not above the 1000 of the tier before it"},
		"fewer requests": {"2024-03", replace(good, "api_rps: 300", "api_rps: 170"),
			"2024-03.yaml:49: tiers[1].limits.api_rps: 170 is below the 180 of the tier before it"},
		"requests in one tier only": {"2024-03", replace(good, ", api_rps: 300", ""),
			"2024-03.yaml:49: tiers[1].limits: api_rps stands in all tiers of an edition or in none"},
		"fewer workspaces": {"2024-03", replace(good, "nodes: {min: 128, max: 128}", "nodes: {min: 63, max: 63}"),
			"2024-03.yaml:48: tiers[1]: runs fewer workspaces than the tier before it"},
		"fewer builds": {"2024-03", replace(good, "nodes: {min: 4, max: 4}, pods_per_node: 30", "nodes: {min: 1, max: 1}, pods_per_node: 30"),
			"2024-03.yaml:48: tiers[1]: runs fewer builds than the tier before it"},
		"no number": {"2024-03", replace(good, "users: 1000", "users: 1e3"),
			"2024-03.yaml:22: tiers[0].limits.users: 1e3 is not a whole number of at least 1"},
		"zero": {"2024-03", replace(good, "nodes: 1, storage_gb: 512", "nodes: 0, storage_gb: 512"),
			"2024-03.yaml:39: tiers[0].database.nodes: 0 is not a whole number of at least 1"},
		"too large": {"2024-03", replace(good, "storage_gb: 512", "storage_gb: 1000000001"),
			"2024-03.yaml:39: tiers[0].database.storage_gb: 1000000001 is above 1000000000"},
		"a null": {"2024-03", replace(good, "published: \"2024-03-15\"", "published: null"),
			"2024-03.yaml:9: published: a value is expected"},
		"a date that is none": {"2024-03", replace(good, "published: \"2024-03-15\"", "published: \"March\""),
			"2024-03.yaml:9: published: March is not a date such as 2024-03-15"},
		"no text": {"2024-03", replace(good, "id: \"2024-03\"", "id: 2024"),
			"2024-03.yaml:7: id: 2024 is not a text: put it in quotes"},
		"another id": {"2024-03", replace(good, "id: \"2024-03\"", "id: \"2024-04\""),
			"2024-03.yaml:7: id: 2024-04 stands in the file of 2024-03"},
		"no flag": {"2024-03", replace(good, "high_availability: false", "high_availability: perhaps"),
			"2024-03.yaml:23: tiers[0].high_availability: perhaps is not true or false"},
		"a key twice": {"2024-03", replace(good, "{users: 100, concurrent_builds: 10}", "{users: 100, users: 90, concurrent_builds: 10}"),
			"2024-03.yaml:28: tiers[0].colocation.users: stands twice"},
		"a column twice": {"2024-03", replace(good, "{gcp: n1-standard-2,", "{gcp: n1-standard-2, gcp: n1-standard-2,"),
			"2024-03.yaml:31: tiers[0].coderd.machine_types.gcp: stands twice"},
		"a range upside down": {"2024-03", replace(good, "{min: 1, max: 2}", "{min: 3, max: 2}"),
			"2024-03.yaml:30: tiers[0].coderd.nodes: min 3 is above max 2"},
		"no release": {"2024-03", replace(good, "first: v2.10.0", "first: spring"),
			"2024-03.yaml:8: releases.first: \"spring\" is not a Coder release such as 2.24.1"},
		"releases upside down": {"2024-03", replace(good, "last: v2.21.3", "last: v2.9.9"),
			"2024-03.yaml:8: releases.last: v2.9.9 is no release from v2.10.0 on"},
		"an alias": {"2024-03", replace(good, "{min: 1, max: 2}", "&n {min: 1, max: 2}"),
			"2024-03.yaml:30: tiers[0].coderd.nodes: anchors and aliases are not used: every figure stands where it is published"},
		"a list for an object": {"2024-03", replace(good, "{min: 1, max: 2}", "[1, 2]"),
			"2024-03.yaml:30: tiers[0].coderd.nodes: an object is expected"},
		"a text for a list": {"2024-03", replace(good, "remarks:", "remarks: none\nmore:"),
			"2024-03.yaml:103: remarks: a list is expected\n2024-03.yaml:104: more: unknown key"},
		"a text for columns": {"2024-03", replace(good, "{gcp: n1-standard-2, aws: t3.large, azure: Standard_D2s_v3}", "n1-standard-2"),
			"2024-03.yaml:31: tiers[0].coderd.machine_types: an object is expected"},
		"no YAML": {"2024-03", "id: [", "2024-03.yaml: yaml: line 1: did not find expected node content"},
		"nothing": {"2024-03", "# soon\n", "2024-03.yaml:1: the file is empty"},
		"fit and a cap": {"2026-01", replace(fitted, "requests_are_limits: true", "requests_are_limits: true\nmax_workspaces_per_node: 256"),
			"2026-01.yaml:7: an edition has either fit or max_workspaces_per_node"},
		"fit and nodes": {"2026-01", replace(fitted, "pods: 60,", "pods: 60, pods_per_node: 7,"),
			"2026-01.yaml:35: tiers[0].provisioner: an edition with fit publishes pods and pod_request, and neither nodes, pods_per_node nor machine_types"},
		"nodes and pods": {"2024-03", replace(good, "pods_per_node: 30,", "pods_per_node: 30, pods: 60,"),
			"2024-03.yaml:33: tiers[0].provisioner: an edition without fit publishes nodes, pods_per_node and machine_types, and neither pods nor pod_request"},
		"fit and a published database": {"2026-01", replace(fitted, "nodes: 1,\n", "nodes: 1, storage_gb: 512,\n"),
			"2026-01.yaml:37: tiers[0].database: an edition with fit has derived_machine_types, and neither machine_types nor storage_gb"},
		"no storage": {"2024-03", replace(good, ", storage_gb: 512", ""),
			"2024-03.yaml:39: tiers[0].database: an edition without fit publishes machine_types and storage_gb, and no derived_machine_types"},
		"no database types": {"2024-03", replace(good, "storage_gb: 512,\n       machine_types: {gcp: db-custom-2-7680, aws: db.t3.large, azure: Standard_D2s_v3}}", "storage_gb: 512}"),
			"2024-03.yaml:39: tiers[0].database: an edition without fit publishes machine_types and storage_gb, and no derived_machine_types"},
		"published and derived database types": {"2024-03", replace(good, "storage_gb: 512,\n", "storage_gb: 512, derived_machine_types: {gcp: db-custom-2-7680},\n"),
			"2024-03.yaml:39: tiers[0].database: an edition without fit publishes machine_types and storage_gb, and no derived_machine_types"},
		"fit and no database types": {"2026-01", replace(fitted, "nodes: 1,\n       derived_machine_types: {gcp: db-custom-8-30720, aws: db.m8g.2xlarge, azure: Standard_D8ds_v5}}", "nodes: 1}"),
			"2026-01.yaml:37: tiers[0].database: an edition with fit has derived_machine_types, and neither machine_types nor storage_gb"},
		"derived and published database types": {"2026-01", replace(fitted, "nodes: 1,\n", "nodes: 1, machine_types: {gcp: db-custom-8-30720},\n"),
			"2026-01.yaml:37: tiers[0].database: an edition with fit has derived_machine_types, and neither machine_types nor storage_gb"},
		"as many requests, and fewer": {"2024-03", strings.Replace(replace(good, "api_rps: 300", "api_rps: 180"), "api_rps: 550", "api_rps: 179", 1),
			"2024-03.yaml:77: tiers[2].limits.api_rps: 179 is below the 180 of the tier before it"},
		"fit and no limits": {"2026-01", replace(fitted, ", concurrent_builds: 60}", "}"),
			"2026-01.yaml:27: tiers[0].limits: concurrent_workspaces and concurrent_builds are missing"},
		"no workspace nodes": {"2024-03", replace(good, "    workspace:\n      {vcpu: 8, memory_gb: 32, nodes: {min: 64, max: 64}, pods_per_node: 16,\n       machine_types: {gcp: t2d-standard-8, aws: t3.2xlarge, azure: Standard_D8s_v3}}\n", ""),
			"2024-03.yaml:21: tiers[0]: an edition that names machine types publishes workspace nodes, another one does not"},
		"a fitted cloud too few": {"2026-01", replace(fitted, "gcp: db-custom-8-30720, ", ""),
			"2026-01.yaml:38: tiers[0].database.derived_machine_types: names aws, azure where the page's columns are aws, azure, gcp"},
		"no tiers": {"2024-03", good[:strings.Index(good, "tiers:")] + "tiers: []\n", "2024-03.yaml:7: tiers is missing"},
	} {
		_, err := Load(fstest.MapFS{test.id + ".yaml": {Data: []byte(test.text)}})
		if err == nil || err.Error() != test.want {
			t.Errorf("%s:\n got %v\nwant %s", name, err, test.want)
		}
	}
}

func TestEditionsFollowEachOther(t *testing.T) {
	first, second := edition(t, "2024-03"), edition(t, "2025-04")
	for name, test := range map[string]struct{ first, second, want string }{
		"open end": {strings.Replace(first, ", last: v2.21.3", "", 1), second,
			"2025-04.yaml:1: edition 2024-03 is followed by another one, so it needs releases.last"},
		"overlap": {strings.Replace(first, "last: v2.21.3", "last: v2.22.0", 1), second,
			"2025-04.yaml:1: releases.first v2.22.0 is not after v2.22.0, the last release of edition 2024-03"},
	} {
		_, err := Load(fstest.MapFS{"2024-03.yaml": {Data: []byte(test.first)}, "2025-04.yaml": {Data: []byte(test.second)}})
		if err == nil || err.Error() != test.want {
			t.Errorf("%s:\n got %v\nwant %s", name, err, test.want)
		}
	}
	if _, err := Load(fstest.MapFS{}); err == nil || err.Error() != "there are no editions" {
		t.Errorf("an empty folder: %v", err)
	}
}

func TestForRelease(t *testing.T) {
	for version, want := range map[string]string{
		"2.10.0": "2024-03", "v2.21.3": "2024-03", "2.22.0": "2025-04", "v2.22.0-rc.1": "2025-04", "2.24.1": "2025-04",
		"2.29.19": "2025-04", "2.29.99": "2025-04", "2.30.0": "2026-01", "v2.30.0-rc.0": "2026-01", "2.35.1": "2026-01", "3.0.0": "2026-01", "2.24.1+meta": "2025-04",
	} {
		if got, err := ForRelease(version); err != nil || got.ID != want {
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
		if got, err := ForRelease(version); err == nil || err.Error() != want {
			t.Errorf("Coder %s: %v %v, want %s", version, got, err, want)
		}
	}
}

// A limit may stay from tier to tier, and a figure may be as large as figures
// get.
func TestEditionsJustWithin(t *testing.T) {
	text := edition(t, "2024-03")
	for old, with := range map[string]string{
		"api_rps: 300":                               "api_rps: 180",
		"nodes: {min: 128, max: 128}":                "nodes: {min: 64, max: 64}",
		"nodes: {min: 4, max: 4}, pods_per_node: 30": "nodes: {min: 2, max: 2}, pods_per_node: 30",
		"storage_gb: 512":                            "storage_gb: 1000000000",
	} {
		if !strings.Contains(text, old) {
			t.Fatalf("the edition does not contain %q", old)
		}
		text = strings.Replace(text, old, with, 1)
	}
	if _, err := Load(fstest.MapFS{"2024-03.yaml": {Data: []byte(text)}}); err != nil {
		t.Error(err)
	}
}
