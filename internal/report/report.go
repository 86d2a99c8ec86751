// Package report puts a fleet into words: the summary that people read in
// terraform plan, the text of each warning, and the values for the Helm charts.
// It decides nothing; every figure is in the fleet it is given.
package report

import "github.com/refarch/terraform-provider-refarch/internal/sizing"

// Write fills what a calculated fleet has to say: the message of each warning,
// the Helm values and the summary. The same fleet gets the same bytes every
// time, and writing twice changes nothing.
func Write(f *sizing.Fleet) {
	for i := range f.Warnings {
		f.Warnings[i].Message = message(f, &f.Warnings[i])
	}
	f.HelmValues = helmValues(f)
	f.Summary = summary(f)
}
