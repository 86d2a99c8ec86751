// SPDX-License-Identifier: MPL-2.0

package standin_test

import (
	"context"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	tfjson "github.com/hashicorp/terraform-json"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"go.yaml.in/yaml/v3"
)

// planned holds planned values against what is wanted. A key is a resource's
// address and a path in it, such as `helm_release.coder.values.0`; what follows
// a colon is a path in the YAML of that value. Nil is a resource or a value
// that is not there.
type planned struct {
	t    *testing.T
	step string
	want values
}

func (p planned) CheckPlan(_ context.Context, req plancheck.CheckPlanRequest, _ *plancheck.CheckPlanResponse) {
	p.t.Helper()
	after := map[string]any{}
	for _, change := range req.Plan.ResourceChanges {
		if change.Change.After != nil {
			after[change.Address] = change.Change.After
		}
	}
	for key, want := range p.want {
		got := lookUp(after, key)
		if list, ok := got.([]any); ok && len(list) == 0 {
			got = []any{}
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			p.t.Errorf("%s: %s is planned as %v, not %v", p.step, key, got, want)
		}
	}
}

// lookUp finds a value by the longest address that begins the key.
func lookUp(after map[string]any, key string) any {
	key, inYAML, hasYAML := strings.Cut(key, ":")
	address := ""
	for candidate := range after {
		if (key == candidate || strings.HasPrefix(key, candidate+".")) && len(candidate) > len(address) {
			address = candidate
		}
	}
	if address == "" {
		return nil
	}
	value := walk(after[address], strings.TrimPrefix(strings.TrimPrefix(key, address), "."))
	if !hasYAML {
		return value
	}
	text, ok := value.(string)
	if !ok {
		return nil
	}
	var document any
	if err := yaml.Unmarshal([]byte(text), &document); err != nil {
		return err
	}
	return walk(document, inYAML)
}

// walk follows a path of keys and indexes. A key may contain dots where they
// lead to nothing else: `labels.coder.com/role`.
func walk(value any, path string) any {
	if path == "" {
		return value
	}
	switch v := value.(type) {
	case map[string]any:
		for end := 1; end <= len(path); end++ {
			if end < len(path) && path[end] != '.' {
				continue
			}
			if inner, ok := v[path[:end]]; ok {
				return walk(inner, strings.TrimPrefix(path[end:], "."))
			}
		}
	case []any:
		index, rest, _ := strings.Cut(path, ".")
		if i, err := strconv.Atoi(index); err == nil && i < len(v) {
			return walk(v[i], rest)
		}
	}
	return nil
}

// changes holds what a plan changes against the resources that are to be
// replaced and those that change in place; nothing else is created, changed or
// destroyed.
type changes struct {
	t        *testing.T
	replaced []string
	updated  []string
}

func (c changes) CheckPlan(_ context.Context, req plancheck.CheckPlanRequest, _ *plancheck.CheckPlanResponse) {
	c.t.Helper()
	want := map[string]string{}
	for _, address := range c.replaced {
		want[address] = "replace"
	}
	for _, address := range c.updated {
		want[address] = "update"
	}
	got := map[string]string{}
	for _, change := range req.Plan.ResourceChanges {
		switch actions := change.Change.Actions; {
		case actions.NoOp() || actions.Read():
		case actions.Replace():
			got[change.Address] = "replace"
		case actions.Update():
			got[change.Address] = "update"
		default:
			got[change.Address] = fmt.Sprint(actions)
		}
	}
	if !reflect.DeepEqual(got, want) {
		c.t.Errorf("the plan changes %v, not %v", got, want)
	}
}

// helmKeepsProvisionerDaemons merges a release's values as Helm does, maps by
// key and lists as a whole, and holds that coderd still has the variable that
// the sizing sets, the rest of its environment, and its traffic to itself.
type helmKeepsProvisionerDaemons struct{}

func (helmKeepsProvisionerDaemons) CheckPlan(_ context.Context, req plancheck.CheckPlanRequest, resp *plancheck.CheckPlanResponse) {
	i := slices.IndexFunc(req.Plan.ResourceChanges, func(c *tfjson.ResourceChange) bool { return c.Address == "module.coder.helm_release.coder" })
	if i < 0 {
		resp.Error = fmt.Errorf("the plan has no helm_release.coder")
		return
	}
	documents, ok := walk(req.Plan.ResourceChanges[i].Change.After, "values").([]any)
	if !ok {
		resp.Error = fmt.Errorf("helm_release.coder has no values")
		return
	}
	merged := map[string]any{}
	for _, document := range documents {
		text, known := document.(string)
		if !known {
			continue // a document with secrets is unknown until apply
		}
		var next map[string]any
		if err := yaml.Unmarshal([]byte(text), &next); err != nil {
			resp.Error = fmt.Errorf("values of helm_release.coder: %w", err)
			return
		}
		merge(merged, next)
	}
	if name := walk(merged, "coder.env.0.name"); name != "CODER_PROVISIONER_DAEMONS" {
		resp.Error = fmt.Errorf("the merged values of helm_release.coder begin coder.env with %v", name)
	}
	if from := walk(merged, "coder.envFrom"); from == nil {
		resp.Error = fmt.Errorf("the merged values of helm_release.coder have no coder.envFrom")
	}
	if policy := walk(merged, "coder.service.externalTrafficPolicy"); policy != "Local" {
		resp.Error = fmt.Errorf("the merged values of helm_release.coder have coder.service.externalTrafficPolicy %v", policy)
	}
}

func merge(into, next map[string]any) {
	for key, value := range next {
		inner, isMap := value.(map[string]any)
		outer, wasMap := into[key].(map[string]any)
		if isMap && wasMap {
			merge(outer, inner)
			continue
		}
		into[key] = value
	}
}

// inAnyWrapping matches a text however Terraform breaks its lines.
func inAnyWrapping(text string) *regexp.Regexp {
	words := strings.Fields(text)
	for i, word := range words {
		words[i] = regexp.QuoteMeta(word)
	}
	return regexp.MustCompile(strings.Join(words, `[\s│]+`))
}

// at is the address of one of several, by its key.
func at(address, key string) string { return fmt.Sprintf(address, key) }
