// SPDX-License-Identifier: MPL-2.0

// Package tools holds the development tools of this repository in a module of their own, so that none of what they
// depend on reaches the provider. go.mod pins them by "tool" directives; "make generate" runs the directives below.
package tools

// The registry's documentation: docs/ from the schemas, templates/ and examples/.
//go:generate go tool tfplugindocs generate --provider-dir .. --provider-name refarch

// Its figures: pictures, tables and the pages of the editions, by the provider's own rules.
//go:generate go run ./docs -root ..

// The tables of variables and outputs in the READMEs of the modules.
//go:generate go tool terraform-docs -c ../examples/.terraform-docs.yml ../examples
