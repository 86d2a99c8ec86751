// SPDX-License-Identifier: MPL-2.0

package report_test

import (
	"bytes"
	"fmt"
	"reflect"
	"testing"

	"go.yaml.in/yaml/v3"
	"pgregory.net/rapid"

	"github.com/refarch/terraform-provider-refarch/internal/report"
	"github.com/refarch/terraform-provider-refarch/internal/sizing"
)

// chart are the values of either chart, as its templates read them.
type chart struct {
	Coder struct {
		ReplicaCount int64 `yaml:"replicaCount"`
		Resources    struct {
			Requests quantities `yaml:"requests"`
			Limits   quantities `yaml:"limits,omitempty"`
		} `yaml:"resources"`
		Env      []variable `yaml:"env,omitempty"`
		Strategy *strategy  `yaml:"strategy,omitempty"`
	} `yaml:"coder"`
}

type quantities struct {
	CPU    string `yaml:"cpu,omitempty"`
	Memory string `yaml:"memory,omitempty"`
}

type variable struct {
	Name  string `yaml:"name"`
	Value string `yaml:"value"`
}

type strategy struct {
	Type          string `yaml:"type"`
	RollingUpdate struct {
		MaxSurge       int64 `yaml:"maxSurge"`
		MaxUnavailable int64 `yaml:"maxUnavailable"`
	} `yaml:"rollingUpdate"`
}

// charts are the values of a fleet, coder and coder-provisioner.
func charts(f *sizing.Fleet) (coder, provisioner chart) {
	of := func(pool *sizing.NodePool) chart {
		var c chart
		c.Coder.ReplicaCount = pool.Pods
		c.Coder.Resources.Requests = quantities{
			CPU:    fmt.Sprintf("%dm", pool.PodRequest.CPUMillicores),
			Memory: fmt.Sprintf("%dMi", pool.PodRequest.MemoryMiB),
		}
		if limit := pool.PodLimits.CPUMillicores; limit != nil {
			c.Coder.Resources.Limits.CPU = fmt.Sprintf("%dm", *limit)
		}
		if limit := pool.PodLimits.MemoryMiB; limit != nil {
			c.Coder.Resources.Limits.Memory = fmt.Sprintf("%dMi", *limit)
		}
		return c
	}
	coder = of(&f.Coderd)
	coder.Coder.Env = []variable{{"CODER_PROVISIONER_DAEMONS", fmt.Sprint(f.BuiltInProvisioners)}}
	coder.Coder.Strategy = &strategy{Type: "RollingUpdate"}
	coder.Coder.Strategy.RollingUpdate.MaxUnavailable = 1
	return coder, of(&f.Provisioner)
}

// A YAML library reads in the documents what the pools say, and nothing else.
func TestHelmValuesLaws(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		fleet := anyFleet().Draw(t, "fleet")
		check := func(text string, want chart) {
			var got chart
			decoder := yaml.NewDecoder(bytes.NewBufferString(text))
			decoder.KnownFields(true)
			if err := decoder.Decode(&got); err != nil {
				t.Fatalf("%v in\n%s", err, text)
			}
			if !reflect.DeepEqual(got, want) {
				t.Fatalf("%+v is not\n%s", want, text)
			}
		}
		coder, provisioner := charts(fleet)
		values := report.Of(fleet).HelmValues
		check(values.Coder, coder)
		if (values.Provisioner == nil) != fleet.ColocateProvisioners {
			t.Fatalf("colocated is %v, provisioner %v", fleet.ColocateProvisioners, values.Provisioner)
		}
		if values.Provisioner != nil {
			check(*values.Provisioner, provisioner)
		}
	})
}

// People read and compare the text too: a plan shows every change of it.
func TestHelmValuesText(t *testing.T) {
	t.Parallel()
	const published = `coder:
  replicaCount: 1
  resources:
    requests:
      cpu: "1510m"
      memory: "4384Mi"
    limits:
      memory: "4384Mi"
  env:
    - name: CODER_PROVISIONER_DAEMONS
      value: "0"
  strategy:
    type: RollingUpdate
    rollingUpdate:
      maxSurge: 0
      maxUnavailable: 1
`
	if got := report.Of(gcp1000()).HelmValues.Coder; got != published {
		t.Errorf("got\n%s\nwant\n%s", got, published)
	}
	const limited = `coder:
  replicaCount: 600
  resources:
    requests:
      cpu: "1000m"
      memory: "1024Mi"
    limits:
      cpu: "1000m"
      memory: "1024Mi"
`
	if got := report.Of(widest()).HelmValues.Provisioner; got == nil || *got != limited {
		t.Errorf("got\n%v\nwant\n%s", got, limited)
	}
}

// What the documents would cost by a library, beside what all words cost.
func BenchmarkHelmValuesByLibrary(b *testing.B) {
	coder, provisioner := charts(gcp1000())
	b.ReportAllocs()
	for b.Loop() {
		for _, values := range []*chart{&coder, &provisioner} {
			if _, err := yaml.Marshal(values); err != nil {
				b.Fatal(err)
			}
		}
	}
}
