package report_test

import (
	"reflect"
	"testing"

	"go.yaml.in/yaml/v3"

	"github.com/refarch/terraform-provider-refarch/internal/report"
	"github.com/refarch/terraform-provider-refarch/internal/sizing"
)

// object is a YAML mapping as a chart's template reads it.
type object = map[string]any

func parsed(t *testing.T, document string) object {
	t.Helper()
	var values object
	if err := yaml.Unmarshal([]byte(document), &values); err != nil {
		t.Fatalf("%v in\n%s", err, document)
	}
	return values
}

// withoutSurge is the strategy that replaces a pod where it is.
func withoutSurge() object {
	return object{"type": "RollingUpdate", "rollingUpdate": object{"maxSurge": 0, "maxUnavailable": 1}}
}

func TestHelmValues(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name        string
		fleet       *sizing.Fleet
		coder       object
		provisioner object // nil where the document is null
	}{
		{
			name:  "memory is limited, CPU is not",
			fleet: gcp1000(),
			coder: object{
				"replicaCount": 1,
				"resources": object{
					"requests": object{"cpu": "1510m", "memory": "4384Mi"},
					"limits":   object{"memory": "4384Mi"},
				},
				"env":      []any{object{"name": "CODER_PROVISIONER_DAEMONS", "value": "0"}},
				"strategy": withoutSurge(),
			},
			provisioner: object{
				"replicaCount": 60,
				"resources": object{
					"requests": object{"cpu": "230m", "memory": "832Mi"},
					"limits":   object{"memory": "832Mi"},
				},
			},
		},
		{
			name:  "the edition limits CPU",
			fleet: widest(),
			coder: object{
				"replicaCount": 10,
				"resources": object{
					"requests": object{"cpu": "4000m", "memory": "12288Mi"},
					"limits":   object{"cpu": "4000m", "memory": "12288Mi"},
				},
				"env":      []any{object{"name": "CODER_PROVISIONER_DAEMONS", "value": "0"}},
				"strategy": withoutSurge(),
			},
			provisioner: object{
				"replicaCount": 600,
				"resources": object{
					"requests": object{"cpu": "1000m", "memory": "1024Mi"},
					"limits":   object{"cpu": "1000m", "memory": "1024Mi"},
				},
			},
		},
		{
			name:  "provisioners run inside coderd",
			fleet: aws50(),
			coder: object{
				"replicaCount": 1,
				"resources": object{
					"requests": object{"cpu": "1560m", "memory": "6336Mi"},
					"limits":   object{"memory": "6336Mi"},
				},
				"env":      []any{object{"name": "CODER_PROVISIONER_DAEMONS", "value": "10"}},
				"strategy": withoutSurge(),
			},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			answer := report.Of(test.fleet)
			if got := parsed(t, answer.HelmValues.Coder); !reflect.DeepEqual(got, object{"coder": test.coder}) {
				t.Errorf("coder is\n%v, want\n%v", got["coder"], test.coder)
			}
			if test.provisioner == nil {
				if answer.HelmValues.Provisioner != nil {
					t.Errorf("values of a chart that is not installed:\n%s", *answer.HelmValues.Provisioner)
				}
				return
			}
			got := parsed(t, *answer.HelmValues.Provisioner)
			if !reflect.DeepEqual(got, object{"coder": test.provisioner}) {
				t.Errorf("provisioner is\n%v, want\n%v", got["coder"], test.provisioner)
			}
		})
	}
}

// People read and compare the text too: a plan shows every change of it.
func TestHelmValuesText(t *testing.T) {
	t.Parallel()
	fleet := gcp1000()
	answer := report.Of(fleet)
	const want = `coder:
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
	if answer.HelmValues.Coder != want {
		t.Errorf("got\n%s\nwant\n%s", answer.HelmValues.Coder, want)
	}
}
