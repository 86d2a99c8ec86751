package report

import (
	"github.com/refarch/terraform-provider-refarch/internal/sizing"
	"github.com/refarch/terraform-provider-refarch/internal/words"
)

// subject is what a warning is about: a node pool, or the database.
type subject struct {
	name        string           // as people write it
	argument    string           // what chooses its machine type; "" where nothing does
	pool        *sizing.NodePool // nil of the database
	machineType string
	vcpu        int64
	memoryMiB   int64
	published   capacity
}

// capacity is a machine in the words of a page.
type capacity struct{ vcpu, memoryGB int64 }

// subjectsOf finds a warning's subjects in the fleet. A role without a pool is
// left out.
func subjectsOf(f *sizing.Fleet, roles ...sizing.Role) []subject {
	found := make([]subject, 0, len(roles))
	pools := f.Pools()
	for _, role := range roles {
		if role == sizing.RoleDatabase {
			found = append(found, databaseSubject(&f.Database))
		}
		for _, pool := range pools {
			if pool.Role == role {
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
		published: capacity{database.Published.VCPU, database.Published.MemoryGB},
	}
}

func poolSubject(pool sizing.RolePool) subject {
	s := subject{
		name: words.Name(pool.Role), pool: pool.NodePool, machineType: pool.MachineType,
		vcpu: pool.VCPU, memoryMiB: pool.MemoryMiB,
	}
	if pool.Role != sizing.RoleWorkspaceProxy {
		s.argument = "`machine_types." + string(pool.Role) + "`"
	}
	if pool.Published != nil {
		s.published = capacity{pool.Published.VCPU, pool.Published.MemoryGB}
	}
	return s
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
