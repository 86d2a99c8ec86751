package main

import "github.com/refarch/terraform-provider-refarch/internal/cloud"

// input is one sizing asked for.
type input struct {
	users int
	cloud string
}

// inputs are the first ones that the configurations count off, of the default
// edition's smallest tier: users from 1 on, the clouds in turn.
func inputs(count int) []input {
	clouds := cloud.Names()
	all := make([]input, count)
	for i := range all {
		all[i] = input{users: i + 1, cloud: clouds[i%len(clouds)]}
	}
	return all
}
