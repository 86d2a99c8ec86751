// SPDX-License-Identifier: MPL-2.0

package report

import (
	"strings"
	"unicode/utf8"
)

const (
	// maxWidth is the longest line of a summary. Terraform indents an output by
	// eight columns in a plan, and CI logs put a time in front of each line.
	maxWidth = 100
	// hanging indents the lines that continue a paragraph.
	hanging = "  "
)

// writeWrapped writes a paragraph and a newline, broken so that no line is
// longer than maxWidth and all but the first hang. What stands in backticks
// stays on one line, for people to copy it; a word longer than a line does not.
func writeWrapped(b *strings.Builder, text string) {
	width, blank := 0, true // of the line so far; whether it has no word yet
	for {
		word, rest := cutWord(text)
		if word == "" {
			b.WriteByte('\n')
			return
		}
		text = rest
		length := utf8.RuneCountInString(word)
		if !blank && width+1+length > maxWidth {
			b.WriteString("\n" + hanging)
			width, blank = len(hanging), true
		}
		if !blank {
			b.WriteByte(' ')
			width++
		}
		for width+length > maxWidth {
			head := prefix(word, maxWidth-width)
			b.WriteString(head + "\n" + hanging)
			word, length, width = word[len(head):], length-(maxWidth-width), len(hanging)
		}
		b.WriteString(word)
		width, blank = width+length, false
	}
}

// cutWord cuts the first word off a text; spaces within backticks belong to
// the word.
func cutWord(text string) (word, rest string) {
	text = strings.TrimLeft(text, " ")
	quoted := false
	for i := range len(text) {
		switch {
		case text[i] == '`':
			quoted = !quoted
		case text[i] == ' ' && !quoted:
			return text[:i], text[i:]
		}
	}
	return text, ""
}

// prefix is the first runes of a word.
func prefix(word string, runes int) string {
	end := 0
	for range runes {
		_, size := utf8.DecodeRuneInString(word[end:])
		end += size
	}
	return word[:end]
}
