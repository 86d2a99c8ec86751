// SPDX-License-Identifier: MPL-2.0

package reference

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
)

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
			"2024-03.yaml:24: field sla not found in type reference.Tier"},
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
		"a flag of YAML 1.1": {"2024-03", replace(good, "high_availability: false", "high_availability: off"),
			"2024-03.yaml:23: tiers[0].high_availability: off is not true or false"},
		"a missing flag": {"2024-03", replace(good, "    high_availability: false\n", ""),
			"2024-03.yaml:21: tiers[0]: high_availability is missing"},
		"a fraction": {"2024-03", replace(good, "users: 1000", "users: 1000.5"),
			"2024-03.yaml:22: tiers[0].limits.users: 1000.5 is not a whole number of at least 1"},
		"a null for an object": {"2024-03", replace(good, "colocation: {users: 100, concurrent_builds: 10}", "colocation: null"),
			"2024-03.yaml:28: tiers[0].colocation: a value is expected"},
		"a cloud derived in one row": {"2024-03", replace(good, "nodes: 1, storage_gb: 512,\n", "nodes: 1, storage_gb: 512, derived_machine_types: {oci: VM.Standard3.Flex},\n"),
			"2024-03.yaml:39: tiers[0].database.derived_machine_types: names oci where the other rows name no cloud"},
		"no flag": {"2024-03", replace(good, "high_availability: false", "high_availability: perhaps"),
			"2024-03.yaml:23: cannot unmarshal !!str `perhaps` into bool"},
		"a key twice": {"2024-03", replace(good, "{users: 100, concurrent_builds: 10}", "{users: 100, users: 90, concurrent_builds: 10}"),
			"2024-03.yaml:28: mapping key \"users\" already defined at line 28"},
		"a column twice": {"2024-03", replace(good, "{gcp: n1-standard-2,", "{gcp: n1-standard-2, gcp: n1-standard-2,"),
			"2024-03.yaml:31: mapping key \"gcp\" already defined at line 31"},
		"a range upside down": {"2024-03", replace(good, "{min: 1, max: 2}", "{min: 3, max: 2}"),
			"2024-03.yaml:30: tiers[0].coderd.nodes: min 3 is above max 2"},
		"no release": {"2024-03", replace(good, "first: v2.10.0", "first: spring"),
			"2024-03.yaml:8: releases.first: \"spring\" is not a Coder release such as 2.24.1"},
		"releases upside down": {"2024-03", replace(good, "last: v2.21.3", "last: v2.9.9"),
			"2024-03.yaml:8: releases.last: v2.9.9 is no release from v2.10.0 on"},
		"an alias": {"2024-03", replace(good, "{min: 1, max: 2}", "&n {min: 1, max: 2}"),
			"2024-03.yaml:30: tiers[0].coderd.nodes: anchors and aliases are not used: every figure stands where it is published"},
		"a list for an object": {"2024-03", replace(good, "{min: 1, max: 2}", "[1, 2]"),
			"2024-03.yaml:30: cannot unmarshal !!seq into reference.Range"},
		"a text for a list": {"2024-03", replace(good, "remarks:", "remarks: none\nmore:"),
			"2024-03.yaml:103: cannot unmarshal !!str `none` into []string\n2024-03.yaml:104: field more not found in type reference.Edition"},
		"a text for columns": {"2024-03", replace(good, "{gcp: n1-standard-2, aws: t3.large, azure: Standard_D2s_v3}", "n1-standard-2"),
			"2024-03.yaml:31: cannot unmarshal !!str `n1-stan...` into map[string]string"},
		"no YAML": {"2024-03", "id: [", "2024-03.yaml: yaml: line 1: did not find expected node content"},
		"nothing": {"2024-03", "# soon\n", "2024-03.yaml:1: the file is empty"},
		"null":    {"2024-03", "null\n", "2024-03.yaml:1: the file is empty"},
		"fit and a cap": {"2026-01", replace(fitted, "requests_are_limits: true", "requests_are_limits: true\nmax_workspaces_per_node: 256"),
			"2026-01.yaml:7: an edition has either fit or max_workspaces_per_node"},
		"fit and nodes": {"2026-01", replace(fitted, "pods: 60,", "pods: 60, pods_per_node: 7,"),
			"2026-01.yaml:35: tiers[0].provisioner: an edition with fit publishes pods and pod_request, and neither nodes, pods_per_node nor machine types"},
		"nodes and pods": {"2024-03", replace(good, "pods_per_node: 30,", "pods_per_node: 30, pods: 60,"),
			"2024-03.yaml:33: tiers[0].provisioner: an edition without fit publishes nodes, pods_per_node and machine_types, and neither pods nor pod_request"},
		"fit and a published database": {"2026-01", replace(fitted, "nodes: 1,\n", "nodes: 1, storage_gb: 512,\n"),
			"2026-01.yaml:37: tiers[0].database: an edition with fit has derived_machine_types, and neither machine_types nor storage_gb"},
		"no storage": {"2024-03", replace(good, ", storage_gb: 512", ""),
			"2024-03.yaml:39: tiers[0].database: an edition without fit publishes machine_types and storage_gb"},
		"no database types": {"2024-03", replace(good, "storage_gb: 512,\n       machine_types: {gcp: db-custom-2-7680, aws: db.t3.large, azure: Standard_D2s_v3}}", "storage_gb: 512}"),
			"2024-03.yaml:39: tiers[0].database: an edition without fit publishes machine_types and storage_gb"},
		"published and derived database types": {"2024-03", replace(good, "storage_gb: 512,\n", "storage_gb: 512, derived_machine_types: {gcp: db-custom-2-7680},\n"),
			"2024-03.yaml:39: tiers[0].database.derived_machine_types.gcp: the page has a column for it"},
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
			"2026-01.yaml:38: tiers[0].database.derived_machine_types: names aws, azure where the other rows name aws, azure, gcp"},
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
	openEnd := strings.Replace(first, ", last: v2.21.3", "", 1)
	load := func(first, second string) error {
		_, err := Load(fstest.MapFS{"2024-03.yaml": {Data: []byte(first)}, "2025-04.yaml": {Data: []byte(second)}})
		return err
	}
	for name, test := range map[string]struct{ first, second, want string }{
		"overlap": {strings.Replace(first, "last: v2.21.3", "last: v2.22.0", 1), second,
			"2025-04.yaml:7: releases.first: v2.22.0 is not after v2.22.0, the last release of edition 2024-03"},
		"upside down": {openEnd, strings.Replace(second, "first: v2.22.0", "first: v2.9.9", 1),
			"2025-04.yaml:7: releases.first: v2.9.9 is before v2.10.0, the first release of edition 2024-03"},
	} {
		if err := load(test.first, test.second); err == nil || err.Error() != test.want {
			t.Errorf("%s:\n got %v\nwant %s", name, err, test.want)
		}
	}
	if err := load(openEnd, second); err != nil {
		t.Errorf("the older edition need not say where it ends: %v", err)
	}
	if _, err := Load(fstest.MapFS{}); err == nil || err.Error() != "there are no editions" {
		t.Errorf("an empty folder: %v", err)
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

// BenchmarkLoad is what the first use of the editions costs a process.
func BenchmarkLoad(b *testing.B) {
	folder, err := fs.Sub(files, "editions")
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Load(folder); err != nil {
			b.Fatal(err)
		}
	}
}
