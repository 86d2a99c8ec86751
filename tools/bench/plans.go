// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"

	"gonum.org/v1/gonum/stat"
)

// contender is somebody whose plans are measured.
type contender struct {
	name          string
	configuration string // its file in configurations/
	program       string // what passes for refarch
}

// The contenders take their turns in this order, each round beginning one later.
var (
	ours          = contender{"refarch", "sizing.tf", programRefarch}
	frameworkOnly = contender{"refarch by the framework alone", "sizing.tf", programFramework}
	constant      = contender{"a constant of the same schema", "sizing.tf", programConstant}
	lookup        = contender{"the same figures by an HCL module", "lookup.tf", programRefarch}
	terraformData = contender{"`terraform_data`", "terraform_data.tf", programRefarch}
	small         = contender{"a small provider of one argument", "small.tf", programSmall}

	contenders = []contender{ours, frameworkOnly, constant, lookup, terraformData, small}
	// own are the contenders whose own processes are measured.
	own = []contender{ours, frameworkOnly, constant}
)

// sample is what was measured, once a round.
type sample []float64

func (s sample) quantile(share float64) float64 {
	return stat.Quantile(share, stat.Empirical, slices.Sorted(slices.Values(s)), nil)
}

func (s sample) median() float64 { return s.quantile(0.5) }

// series are a contender's plans of so many sizings.
type series struct {
	contender contender
	size      int
	wall, cpu sample // seconds
	peak      sample // bytes, of a provider in a process of its own
}

// takeTurns lets contenders plan so many sizings in turns.
func takeTurns(all []contender, size, rounds int, say progress, measure func(*series) error) ([]series, error) {
	results := make([]series, len(all))
	for i, c := range all {
		results[i] = series{contender: c, size: size}
	}
	for round := range rounds {
		say("%d sizings, round %d of %d\n", size, round+1, rounds)
		for turn := range results {
			s := &results[(round+turn)%len(results)]
			if err := measure(s); err != nil {
				return nil, fmt.Errorf("%s, %d sizings: %w", s.contender.name, size, err)
			}
		}
	}
	return results, nil
}

// measurePlans measures whole plans. One that does not count warms the machine's caches.
func measurePlans(ctx context.Context, w *workshop, size, rounds int, say progress) ([]series, error) {
	folders := map[contender]string{}
	for _, c := range contenders {
		folder, err := w.contend(ctx, c)
		if err != nil {
			return nil, err
		}
		folders[c] = folder
		if err := w.plan(ctx, folder, w.environment(c.program), &series{size: size}); err != nil {
			return nil, err
		}
	}
	return takeTurns(contenders, size, rounds, say, func(s *series) error {
		return w.plan(ctx, folders[s.contender], w.environment(s.contender.program), s)
	})
}

// contend makes a folder with what a contender plans.
func (w *workshop) contend(ctx context.Context, c contender) (string, error) {
	files := map[string]string{}
	for to, from := range map[string]string{"variables.tf": "variables.tf", "main.tf": c.configuration} {
		text, err := configurations.ReadFile("configurations/" + from)
		if err != nil {
			return "", fmt.Errorf("reading a configuration: %w", err)
		}
		files[to] = string(text)
	}
	return w.lay(ctx, c.program, files)
}

// planned is how Terraform shows how many it has planned.
var planned = regexp.MustCompile(`(?m)^  \+ sizings += (\d+)$`)

// plan plans what is in a folder, and makes sure that it was as much as it says.
func (w *workshop) plan(ctx context.Context, folder string, environment []string, s *series) error {
	count := strconv.Itoa(s.size)
	output, wall, cpu, err := w.run(ctx, folder, environment, "plan", "-input=false", "-lock=false", "-no-color", "-var", "sizings="+count)
	if err != nil {
		return err
	}
	if found := planned.FindSubmatch(output); found == nil || string(found[1]) != count {
		return fmt.Errorf("the plan has other than %s sizings:\n%s", count, output)
	}
	s.wall, s.cpu = append(s.wall, wall.Seconds()), append(s.cpu, cpu.Seconds())
	return nil
}
