package sizing

import "strings"

// Fault is one thing wrong with a request, told to the person who wrote it.
type Fault struct {
	// Path names the argument at fault: "users", or "workspace_request",
	// "memory_gib" for one within an object.
	Path []string
	// Title is a short heading in Title Case.
	Title string
	// Detail says what was given, what is allowed and what to do.
	Detail string
}

// Error makes a Fault an error: its path and detail on one line.
func (f Fault) Error() string { return f.Argument() + ": " + f.Detail }

// Argument is the path in words, such as "workspace_request.memory_gib".
func (f Fault) Argument() string { return strings.Join(f.Path, ".") }
