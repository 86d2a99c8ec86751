package provider

import (
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/refarch/terraform-provider-refarch/internal/reference"
	"github.com/refarch/terraform-provider-refarch/internal/sizing"
)

var _ dataSource = editionsDataSource{}

type editionsDataSource struct{}

func (editionsDataSource) model() (*model, error) { return editionsModel() }

func (editionsDataSource) validate(_ *model, config tftypes.Value) ([]sizing.Fault, error) {
	_, faults, err := matchingEdition(config)
	return faults, err
}

func (editionsDataSource) read(m *model, config tftypes.Value) (answer, error) {
	editions, err := reference.Editions()
	if err != nil {
		return answer{}, err
	}
	matching, faults, err := matchingEdition(config)
	if err != nil || len(faults) > 0 {
		return answer{faults: faults}, err
	}
	var all any // nothing while coder_version is unknown
	if config.IsFullyKnown() {
		all = newEditionsAnswer(editions, matching)
	}
	state, err := m.state(config, all)
	return answer{state: state}, err
}

// matchingEdition is the edition for coder_version, nil where that is left
// out or not known yet.
func matchingEdition(config tftypes.Value) (*reference.Edition, []sizing.Fault, error) {
	d := &decoder{}
	version, ok := argument[string](d, d.attributes(config)["coder_version"]).Get()
	if d.err != nil || !ok {
		return nil, nil, d.err
	}
	editions, err := reference.Editions()
	if err != nil {
		return nil, nil, err
	}
	edition, err := reference.ForRelease(version)
	if err != nil {
		fault := sizing.Fault{
			Path: sizing.Path{{Name: "coder_version"}}, Title: "Invalid Coder Version",
			Detail: err.Error() + ". Set coder_version to a release from " + editions[0].Releases.First + " on, or leave it out.",
		}
		return nil, []sizing.Fault{fault}, nil //nolint:nilerr // the error is the configuration's, and told as its fault
	}
	return edition, nil, nil
}
