package provider

import (
	"fmt"
	"reflect"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/refarch/terraform-provider-refarch/internal/reference"
	"github.com/refarch/terraform-provider-refarch/internal/report"
	"github.com/refarch/terraform-provider-refarch/internal/sizing"
)

var _ dataSource = sizingDataSource{}

type sizingDataSource struct{}

var sizingModel = sync.OnceValues(func() (*model, error) {
	editions, err := reference.IDs()
	if err != nil {
		return nil, fmt.Errorf("listing the editions: %w", err)
	}
	return newModel(schema.Schema{
		MarkdownDescription: "The machines that a Coder deployment needs, by an edition of the vendor's validated reference architecture: " +
			"node pools for coderd, provisioners and workspaces, and the database. " +
			"Every count that a configuration sets is a whole number of at most 1,000,000,000.",
		Attributes: with(sizingArguments(editions), sizingAnswers()),
	}, reflect.TypeFor[report.Answer]())
})

func (sizingDataSource) model() (*model, error) { return sizingModel() }

func (sizingDataSource) validate(_ *model, config tftypes.Value) ([]sizing.Fault, error) {
	request, err := decodeRequest(config)
	if err != nil {
		return nil, err
	}
	return sizing.Check(request), nil
}

// read is the one way from a configuration to its state; the function sizing
// goes it too. While anything is unknown there is no fleet yet, but there may
// be faults already.
func (sizingDataSource) read(m *model, config tftypes.Value) (answer, error) {
	request, err := decodeRequest(config)
	if err != nil {
		return answer{}, err
	}
	if !config.IsFullyKnown() {
		state, err := m.state(config, nil)
		return answer{state: state, faults: sizing.Check(request)}, err
	}
	fleet, faults := sizing.Size(request)
	if len(faults) > 0 {
		return answer{faults: faults}, nil
	}
	worded := report.Of(fleet)
	state, err := m.state(config, worded)
	return answer{state: state, warnings: extrapolationWarning(worded)}, err
}

// extrapolationWarning is the one warning that Terraform itself prints: it is
// the only one that questions the answer as a whole. All are in `warnings`.
func extrapolationWarning(fleet *report.Answer) []sizing.Fault {
	if fleet.Beyond == nil {
		return nil
	}
	var told []sizing.Fault
	for _, warning := range fleet.Warnings {
		if warning.Code == sizing.WarnBeyondValidatedRange {
			told = append(told, sizing.Fault{
				Path: sizing.Path{{Name: fleet.Beyond.Quantity}}, Title: "Answer Beyond the Validated Range", Detail: warning.Message,
			})
		}
	}
	return told
}
