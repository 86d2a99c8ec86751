// SPDX-License-Identifier: MPL-2.0

package markdown_test

import (
	"testing"

	"github.com/refarch/terraform-provider-refarch/tools/markdown"
)

func TestTable(t *testing.T) {
	table := markdown.NewTable("what", "how many>")
	table.Column("")
	table.Add("é × ü", "1,000", "yes")
	table.Add("nothing")
	const want = `| what    | how many |     |
| ---     | --:      | --- |
| é × ü   | 1,000    | yes |
| nothing |          |     |
`
	if got := table.String(); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	if got := table.Len(); got != 2 {
		t.Errorf("%d rows, not 2", got)
	}
}
