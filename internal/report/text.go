package report

import (
	"math"
	"strings"
	"unicode/utf8"

	"github.com/refarch/terraform-provider-refarch/internal/words"
)

const (
	// maxWidth is the longest line of a summary. Terraform indents an output by
	// eight columns in a plan, and CI logs put a time in front of each line.
	maxWidth = 100
	// hanging indents the lines that continue a paragraph.
	hanging = "  "
)

// gib writes an amount of memory that has at most two decimals, as the
// attributes do: 7.5 GiB.
func gib(amount float64) string { return words.GiB(int64(math.Round(amount * 1024))) }

// appendWrapped appends a paragraph and a newline, broken so that no line is
// longer than maxWidth and all but the first hang. What stands in backticks
// stays on one line, for people to copy it; a word longer than a line does not.
func appendWrapped(b []byte, text string) []byte {
	width, blank := 0, true // of the line so far; whether it has no word yet
	for {
		word, rest := cutWord(text)
		if word == "" {
			return append(b, '\n')
		}
		text = rest
		length := utf8.RuneCountInString(word)
		if !blank && width+1+length > maxWidth {
			b = append(b, "\n"+hanging...)
			width, blank = len(hanging), true
		}
		if !blank {
			b = append(b, ' ')
			width++
		}
		for width+length > maxWidth {
			head := prefix(word, maxWidth-width)
			b = append(b, head...)
			b = append(b, "\n"+hanging...)
			word, length, width = word[len(head):], length-(maxWidth-width), len(hanging)
		}
		b = append(b, word...)
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
