package sizing

import (
	"strconv"
	"strings"
)

// words lists amounts for a message: "500 millicores, 2048 MiB and 1 disk".
func words(amounts ...string) string { return listed(amounts, "and") }

// amountOf is a number with its unit, such as "3 disks".
func amountOf(n int64, unit string) string {
	if n == 1 {
		unit = strings.TrimSuffix(unit, "s")
	}
	return strconv.FormatInt(n, 10) + " " + unit
}

// quotedList writes allowed values for a message: "gcp", "aws" or "azure".
func quotedList[T ~string](values []T) string {
	quoted := make([]string, len(values))
	for i, value := range values {
		quoted[i] = `"` + string(value) + `"`
	}
	return listed(quoted, "or")
}

func commaList(values []string) string { return `"` + strings.Join(values, `", "`) + `"` }

// remedy makes one sentence of all that helps.
func remedy(ways []string) string {
	text := listed(ways, "or")
	if text == "" {
		return ""
	}
	return strings.ToUpper(text[:1]) + text[1:] + "."
}

// listed joins items by commas, and the last one by a conjunction.
func listed(items []string, conjunction string) string {
	last := len(items) - 1
	if last < 1 {
		return strings.Join(items, "")
	}
	return strings.Join(items[:last], ", ") + " " + conjunction + " " + items[last]
}
