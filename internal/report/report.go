// SPDX-License-Identifier: MPL-2.0

// Package report puts a fleet into words: the summary that people read in
// terraform plan, the text of each warning, and the values for the Helm charts.
// It decides nothing; every figure is in the fleet it is given.
package report

import "github.com/refarch/terraform-provider-refarch/internal/sizing"

// Answer is a fleet with its words: what the data source answers. Its `tfsdk`
// tags, and those of the fleet, are the names of the attributes.
type Answer struct {
	sizing.Fleet

	HelmValues HelmValues `tfsdk:"helm_values"`
	Warnings   []Warning  `tfsdk:"warnings"`
	Summary    string     `tfsdk:"summary"`
}

// HelmValues are YAML documents for helm_release.values.
type HelmValues struct {
	Coder       string  `tfsdk:"coder"`
	Provisioner *string `tfsdk:"provisioner"` // nil when colocated
}

// Warning is a warning in words. Its message is one line.
type Warning struct {
	Code    sizing.WarningCode `tfsdk:"code"`
	Message string             `tfsdk:"message"`
}

// Of puts a calculated fleet into words. The same fleet gets the same bytes
// every time.
func Of(f *sizing.Fleet) *Answer {
	a := &Answer{Fleet: *f, HelmValues: helmValues(f), Warnings: make([]Warning, len(f.Warnings))}
	pools := f.Pools()
	for i, warning := range f.Warnings {
		a.Warnings[i] = Warning{warning.Code, message(f, warning.Code, subjectsOf(f, pools, warning.Subjects))}
	}
	a.Summary = summary(f, pools, a.Warnings)
	return a
}
