// SPDX-License-Identifier: MPL-2.0

// Package words writes lists, counts and amounts the way every text here has
// them: summaries, warnings, faults and the documentation.
//
// People read 1,000 where they compare and add up: Count and what is built on
// it. A fault writes 1000, the digits as they stand in the configuration that
// it asks to change; it formats them itself.
package words

import (
	"strconv"
	"strings"
)

// And lists things as a sentence does: "a, b and c".
func And[S ~string](things []S) string { return list(things, " and ") }

// Or lists alternatives: "a, b or c".
func Or[S ~string](things []S) string { return list(things, " or ") }

func list[S ~string](things []S, last string) string {
	var b strings.Builder
	for i, thing := range things {
		switch i {
		case 0:
		case len(things) - 1:
			b.WriteString(last)
		default:
			b.WriteString(", ")
		}
		b.WriteString(string(thing))
	}
	return b.String()
}

// Quoted puts values in quotation marks, as a configuration has them: "gcp".
func Quoted[S ~string](values []S) []string { return between(values, `"`) }

// Code puts names in backticks, as Markdown has them: `gcp`.
func Code[S ~string](names []S) []string { return between(names, "`") }

func between[S ~string](things []S, mark string) []string {
	marked := make([]string, len(things))
	for i, thing := range things {
		marked[i] = mark + string(thing) + mark
	}
	return marked
}

// Name is a name of the answer as people write it: workspace_proxy is
// "workspace proxy".
func Name[S ~string](name S) string { return strings.ReplaceAll(string(name), "_", " ") }

// Sentence makes a sentence of words in ASCII: "lower a or set b" becomes
// "Lower a or set b.". Of nothing it makes nothing.
func Sentence(text string) string {
	if text == "" {
		return ""
	}
	return strings.ToUpper(text[:1]) + text[1:] + "."
}

// Plural is a noun as it stands after a number: "1 node", else "nodes".
func Plural(n int64, noun string) string {
	if n == 1 {
		return noun
	}
	return noun + "s"
}

// Counted is a number with its noun: "1 node" or "1,000 nodes".
func Counted(n int64, noun string) string { return Count(n) + " " + Plural(n, noun) }

// Count writes a whole number with a comma for every thousand, and a true minus
// below 0: 1,000 and −1,500.
func Count(n int64) string {
	digits, negative := strings.CutPrefix(strconv.FormatInt(n, 10), "-")
	if !negative && len(digits) <= 3 {
		return digits
	}
	b := make([]byte, 0, 32)
	if negative {
		b = append(b, "−"...)
	}
	for i := range len(digits) {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b = append(b, ',')
		}
		b = append(b, digits[i])
	}
	return string(b)
}

// HundredthsOfGiB is memory of at least 0 MiB, rounded half up: 7680 is 750.
func HundredthsOfGiB(mib int64) int64 { return mib/1024*100 + (mib%1024*100+512)/1024 }

// GiB writes memory of at least 0 MiB in GiB to two decimals, as the attributes
// have it: 7680 is "7.5 GiB".
func GiB(mib int64) string {
	hundredths := HundredthsOfGiB(mib)
	fraction := ""
	if rest := hundredths % 100; rest > 0 {
		fraction = strings.TrimRight("."+strconv.FormatInt(100+rest, 10)[1:], "0")
	}
	return Count(hundredths/100) + fraction + " GiB"
}
