// SPDX-License-Identifier: MPL-2.0

package main

import (
	"strings"

	"github.com/refarch/terraform-provider-refarch/internal/words"
)

// The words of the provider's own texts, in short.
var (
	count  = words.Count
	joined = words.And[string]
)

// orDash writes a figure that a page may not have.
func orDash(n *int64) string {
	if n == nil {
		return "–"
	}
	return count(*n)
}

// gib writes memory in GiB without the unit, which the column or picture names.
func gib(mib int64) string { return strings.TrimSuffix(words.GiB(mib), " GiB") }

// code is a name as it stands in a configuration.
func code(name string) string { return "`" + name + "`" }
