// SPDX-License-Identifier: MPL-2.0

package reference

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"sync"
)

//go:embed editions/*.yaml
var files embed.FS

var editions = sync.OnceValues(func() ([]*Edition, error) {
	folder, err := fs.Sub(files, "editions")
	if err != nil {
		return nil, fmt.Errorf("reading the embedded editions: %w", err)
	}
	return Load(folder)
})

// Editions returns every published edition, oldest first. They are read on
// first use; an error means that the data built into this binary is faulty.
func Editions() ([]*Edition, error) { return editions() }

// IDs returns the names of the editions, oldest first, without reading them:
// an edition is named as its file.
func IDs() ([]string, error) {
	names, err := fs.Glob(files, "editions/*.yaml")
	if err != nil {
		return nil, fmt.Errorf("listing the editions: %w", err)
	}
	for i, name := range names {
		names[i] = idOf(name)
	}
	return names, nil
}

func idOf(file string) string { return strings.TrimSuffix(path.Base(file), ".yaml") }

// Load reads the editions of a folder, a file each, oldest first. An unknown
// key, a missing figure, a tier out of order is an error with file and line,
// and all of them are told at once.
func Load(folder fs.FS) ([]*Edition, error) {
	names, err := fs.Glob(folder, "*.yaml")
	if err != nil {
		return nil, fmt.Errorf("listing the editions: %w", err)
	}
	if len(names) == 0 {
		return nil, errors.New("there are no editions")
	}
	var all []*Edition
	var faults []error
	for _, name := range names { // sorted, and an edition is named by its month
		text, err := fs.ReadFile(folder, name)
		if err != nil {
			return nil, fmt.Errorf("reading an edition: %w", err)
		}
		edition := &Edition{}
		d, err := decode(name, text, edition)
		if err == nil {
			err = errors.Join(d.checkEdition(edition), d.checkTiers(edition))
		}
		if err == nil && len(all) > 0 {
			err = d.checkReleases(all[len(all)-1], edition)
		}
		all, faults = append(all, edition), append(faults, err)
	}
	if err := errors.Join(faults...); err != nil {
		return nil, err
	}
	return all, nil
}
