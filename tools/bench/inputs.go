package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"github.com/refarch/terraform-provider-refarch/internal/cloud"
)

// input is one sizing asked for.
type input struct {
	Users int    `json:"users"`
	Cloud string `json:"cloud"`
	Zones int    `json:"zones"`
}

// largestTier is where the default edition ends.
const largestTier = 3000

// inputs are that many sizings, no two alike, so that no cache of an answer
// flatters: users from 1 on, the clouds in turn, and from there all again in
// another cloud, then in another number of zones.
func inputs(count int) []input {
	clouds := cloud.Names()
	all := make([]input, count)
	for i := range all {
		all[i] = input{
			Users: 1 + i%largestTier,
			Cloud: clouds[(i+i/largestTier)%len(clouds)],
			Zones: 1 + i/(largestTier*len(clouds)),
		}
	}
	return all
}

// writeInputs makes them the variable that every configuration repeats its one
// block over.
func writeInputs(folder string, all []input) error {
	named := make(map[string]input, len(all))
	for i, in := range all {
		named[fmt.Sprintf("sizing-%05d", i)] = in
	}
	text, err := json.Marshal(map[string]any{"sizings": named})
	if err != nil {
		return fmt.Errorf("writing the sizings: %w", err)
	}
	if err := os.WriteFile(filepath.Join(folder, "terraform.tfvars.json"), text, 0o600); err != nil {
		return fmt.Errorf("writing the sizings: %w", err)
	}
	return nil
}
