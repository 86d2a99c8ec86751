// SPDX-License-Identifier: MPL-2.0

package report

import (
	"slices"

	"github.com/refarch/terraform-provider-refarch/internal/sizing"
	"github.com/refarch/terraform-provider-refarch/internal/words"
)

// subject is what a warning is about: a node pool, or the database.
type subject struct {
	name        string           // as people write it
	kind        string           // of workspaces; "" of all else
	argument    string           // what chooses its machine type; "" where nothing does
	pool        *sizing.NodePool // nil of the database
	machineType string
	vcpu        int64
	memoryMiB   int64
	published   publishedSize
}

// publishedSize is a machine in the words of a page.
type publishedSize struct{ vcpu, memoryGB int64 }

// subjectsOf finds a warning's subjects in the fleet. What the fleet has not is
// left out.
func subjectsOf(f *sizing.Fleet, pools []sizing.Pool, wanted []sizing.Subject) []subject {
	found := make([]subject, 0, len(wanted))
	for _, subject := range wanted {
		if subject.Role == sizing.RoleDatabase {
			found = append(found, databaseSubject(&f.Database))
		}
		for _, pool := range pools {
			if pool.Subject == subject {
				found = append(found, poolSubject(pool))
			}
		}
	}
	return found
}

func databaseSubject(database *sizing.Database) subject {
	return subject{
		name: words.Name(sizing.RoleDatabase), machineType: database.SKU,
		vcpu: database.VCPU, memoryMiB: database.MemoryMiB,
		published: publishedSize{database.Published.VCPU, database.Published.MemoryGB},
	}
}

func poolSubject(pool sizing.Pool) subject {
	s := subject{
		name: words.Name(pool.Role), kind: pool.Kind, pool: pool.NodePool, machineType: pool.MachineType,
		vcpu: pool.VCPU, memoryMiB: pool.MemoryMiB,
	}
	switch {
	case pool.Kind != "":
		s.name = `kind "` + pool.Kind + `"`
		s.argument = s.kindArgument("machine_type")
	case pool.Role != sizing.RoleWorkspaceProxy:
		s.argument = "`machine_types." + string(pool.Role) + "`"
	}
	if pool.Published != nil {
		s.published = publishedSize{pool.Published.VCPU, pool.Published.MemoryGB}
	}
	return s
}

// kindArgument names a part of a kind of workspaces as a configuration does.
func (s subject) kindArgument(part string) string {
	return "`workspace_kinds[\"" + s.kind + "\"]." + part + "`"
}

// workspaceArgument names what a pool of workspaces is sized by: an argument of
// its own for the pool workspace, or the part of a kind.
func (s subject) workspaceArgument(ofRest, ofKind string) string {
	if s.kind == "" {
		return "`" + ofRest + "`"
	}
	return s.kindArgument(ofKind)
}

// poolsOf leaves out the database: what a warning says of pools is not for it.
func poolsOf(subjects []subject) []subject {
	return slices.DeleteFunc(subjects, func(s subject) bool { return s.pool == nil })
}

// machines lists subjects with their machine types: "coderd (t3.large)".
func machines(subjects []subject) string {
	return each(subjects, func(s subject) string { return s.name + " (" + s.machineType + ")" })
}

// machineArguments lists the arguments that choose the machine types.
func machineArguments(subjects []subject) string {
	return each(subjects, func(s subject) string { return s.argument })
}

// each lists what there is to say of each subject.
func each(subjects []subject, say func(subject) string) string {
	said := make([]string, 0, len(subjects))
	for _, s := range subjects {
		if text := say(s); text != "" {
			said = append(said, text)
		}
	}
	return words.And(said)
}
