package main

import (
	"errors"
	"fmt"
	"os"
	"strings"
)

// What is between these lines of the guide is a run's report.
const (
	reportBegins = "<!-- measured: written by make bench BENCHFLAGS=-write -->\n"
	reportEnds   = "<!-- end of what was measured -->\n"
)

// writeGuide puts a report into the guide, in the place of the one before.
func writeGuide(file, report string) error {
	page, err := os.ReadFile(file)
	if err != nil {
		return fmt.Errorf("reading the guide: %w", err)
	}
	replaced, err := replaceReport(string(page), report)
	if err != nil {
		return err
	}
	if err := os.WriteFile(file, []byte(replaced), 0o644); err != nil {
		return fmt.Errorf("writing the guide: %w", err)
	}
	return nil
}

func replaceReport(page, report string) (string, error) {
	before, rest, begins := strings.Cut(page, reportBegins)
	_, after, ends := strings.Cut(rest, reportEnds)
	if !begins || !ends {
		return "", errors.New("the guide has no place for the report: " + strings.TrimSpace(reportBegins))
	}
	return before + reportBegins + "\n" + strings.TrimRight(report, "\n") + "\n\n" + reportEnds + after, nil
}
