// SPDX-License-Identifier: MPL-2.0

package sizing

import (
	"strconv"

	"github.com/refarch/terraform-provider-refarch/internal/cloud"
	"github.com/refarch/terraform-provider-refarch/internal/reference"
	"github.com/refarch/terraform-provider-refarch/internal/words"
)

// load is what the fleet has to carry, and the published row that answers.
type load struct {
	edition    *reference.Edition
	tier       *reference.Tier
	users      int64
	workspaces int64
	builds     int64
	beyond     *Extrapolation // nil within the tier's limits
	// covering is a later edition whose largest tier covers what is beyond the
	// limits of this one, nil where there is none.
	covering *reference.Edition
}

// scaled is a count of the row for this load: the row's own, or beyond the
// validated range as many times more as the load exceeds its limit.
func (l *load) scaled(count int64) int64 {
	if l.beyond == nil {
		return count
	}
	return ceilMulDiv(count, l.beyond.Value, l.beyond.Limit)
}

// quantity is one of the loads that a request states, with how a tier limits
// it: not at all where the edition publishes no limit.
type quantity struct {
	argument *Number
	value    int64
	limit    func(*reference.Tier) (limit int64, published bool)
}

func (q quantity) coveredBy(t *reference.Tier) bool {
	limit, published := q.limit(t)
	return published && q.value <= limit
}

// The limits of a row.
func usersLimit(t *reference.Tier) (int64, bool)      { return t.Limits.Users, true }
func workspacesLimit(t *reference.Tier) (int64, bool) { return t.ConcurrentWorkspaces(), true }
func buildsLimit(t *reference.Tier) (int64, bool)     { return t.ConcurrentBuilds(), true }

func apiRPSLimit(t *reference.Tier) (int64, bool) {
	if t.Limits.APIRPS == nil {
		return 0, false
	}
	return *t.Limits.APIRPS, true
}

// statedQuantities lists the loads that the request states, in the order of the
// arguments.
func statedQuantities(in *asked) Arg[[]quantity] {
	all := [...]struct {
		argument *Number
		value    Arg[int64]
		limit    func(*reference.Tier) (int64, bool)
	}{
		{&in.given.Users, in.users, usersLimit},
		{&in.given.ConcurrentWorkspaces, in.concurrentWorkspaces, workspacesLimit},
		{&in.given.ConcurrentBuilds, in.concurrentBuilds, buildsLimit},
		{&in.given.APIRPS, in.apiRPS, apiRPSLimit},
	}
	stated := make([]quantity, 0, len(all))
	for _, q := range all {
		if q.value.IsUnknown() {
			return Unknown[[]quantity]()
		}
		if value, ok := q.value.Get(); ok {
			stated = append(stated, quantity{q.argument, value, q.limit})
		}
	}
	return Known(stated)
}

// chooseTier finds the smallest tier that covers every stated quantity, and the
// loads that the request leaves to it.
func chooseTier(f *findings, in *asked) Arg[load] {
	stated := statedQuantities(in)
	if !allKnown(in.edition.state, stated.state) {
		return Unknown[load]()
	}
	l := load{edition: in.edition.value, users: in.users.value}
	if l.tier = smallestTier(l.edition, stated.value); l.tier == nil {
		l.tier = l.edition.Largest()
		l.covering = laterCovering(in.editions, l.edition, stated.value)
		most := mostExceeding(l.tier, stated.value)
		l.beyond = &Extrapolation{Quantity: f.name(most.argument), Value: most.value, Limit: most.limited(l.tier)}
		if !mayExtrapolate(f, in, &l, most.argument, stated.value) {
			return Unknown[load]()
		}
	}
	l.workspaces = workspacesAtOnce(in).value
	builds := l.scaled(l.tier.ConcurrentBuilds())
	// While this is unknown the tier can be judged, and no pool is counted.
	if in.colocate.value && l.tier.Colocation != nil {
		builds = l.tier.Colocation.ConcurrentBuilds
	}
	l.builds = in.concurrentBuilds.or(builds).value
	return Known(l)
}

// workspacesAtOnce is how many workspaces run at once: as stated, or the
// edition's share of the users.
func workspacesAtOnce(in *asked) Arg[int64] {
	if !in.concurrentWorkspaces.IsLeftOut() || !allKnown(in.users.state, in.edition.state) {
		return in.concurrentWorkspaces.orUnknown()
	}
	return Known(ceilMulDiv(in.users.value, in.edition.value.RunningWorkspacesPercent, 100))
}

func smallestTier(e *reference.Edition, stated []quantity) *reference.Tier {
	for _, tier := range e.Tiers {
		if coversAll(tier, stated) {
			return tier
		}
	}
	return nil
}

func coversAll(t *reference.Tier, stated []quantity) bool {
	for _, q := range stated {
		if !q.coveredBy(t) {
			return false
		}
	}
	return true
}

// mostExceeding is the quantity with the largest ratio to its limit, the first
// of equals.
func mostExceeding(t *reference.Tier, stated []quantity) quantity {
	var most quantity
	limit := int64(1)
	for _, q := range stated {
		// q.value/its limit > most.value/limit, in whole numbers
		if own := q.limited(t); q.value*limit > most.value*own {
			most, limit = q, own
		}
	}
	return most
}

// limited is the limit of a quantity that the edition publishes one for.
func (q quantity) limited(t *reference.Tier) int64 {
	limit, _ := q.limit(t)
	return limit
}

// mayExtrapolate judges a load beyond the largest tier: an error unless the
// request asks to extrapolate and the cloud sells a database large enough.
func mayExtrapolate(f *findings, in *asked, l *load, exceeding *Number, stated []quantity) bool {
	q, c := l.beyond, in.cloud.value
	largest := int64(maxCount)
	if in.cloud.isKnown() {
		largest = largestAnswerable(c, l.edition, l.tier, q.Limit)
	}
	switch {
	case !in.beyondRange.isKnown():
		return false
	case in.beyondRange.value == BeyondRangeError:
		f.tellf(exceeding, "Load Beyond the Largest Tier", `%s is %s the largest tier of edition %s, %s, covers %d. %s`,
			tooLarge(in, exceeding, q), l.edition.ID, l.tier.Name, q.Limit, words.Sentence(words.Or(insteadOfExtrapolating(l, largest))))
		return false
	case !in.cloud.isKnown():
		return false
	case q.Value <= largest:
		return true
	}
	reach := "which can be extrapolated to " + strconv.FormatInt(largest, 10)
	if largest <= q.Limit {
		reach = "which cannot be extrapolated"
	}
	advice := "Lower " + q.Quantity + " to at most " + strconv.FormatInt(largest, 10)
	for _, next := range later(in.editions, l.edition) {
		if answers(c, next, stated) {
			advice += ` or set edition = "` + next.ID + `", which answers this load`
			break
		}
	}
	class, _ := l.tier.Database.MachineType(string(c.Name()))
	f.tellf(exceeding, "Load Beyond the Largest Database",
		"%s is %s the largest tier of edition %s, %s, covers %d, %s on %s: %s sells no larger database of the family of %s. %s.",
		tooLarge(in, exceeding, q), l.edition.ID, l.tier.Name, q.Limit, reach, c.Name(), c.Name(), class, advice)
	return false
}

// tooLarge tells the quantity that exceeds its limit. How many people there are
// may be a secret, and Terraform tells no provider which values are.
func tooLarge(in *asked, exceeding *Number, q *Extrapolation) string {
	if exceeding == &in.given.Users {
		return "too large:"
	}
	return strconv.FormatInt(q.Value, 10) + ", and"
}

// insteadOfExtrapolating lists what helps where the request asks for an error.
func insteadOfExtrapolating(l *load, largest int64) []string {
	const extrapolate = `beyond_range = "extrapolate" in the data source`
	q := l.beyond
	lower := "lower " + q.Quantity + " to at most " + strconv.FormatInt(q.Limit, 10)
	if q.Limit < largest && largest < q.Value {
		lower += " (" + strconv.FormatInt(largest, 10) + " with " + extrapolate + ", outside the validated range)"
	}
	remedies := []string{lower}
	if l.covering != nil {
		remedies = append(remedies, `set edition = "`+l.covering.ID+`" (its largest tier covers this load)`)
	}
	if q.Value <= largest {
		remedies = append(remedies, "set "+extrapolate+" for an answer outside the validated range")
	}
	return remedies
}

// later lists the editions after one, oldest first.
func later(editions []*reference.Edition, e *reference.Edition) []*reference.Edition {
	for i, edition := range editions {
		if edition == e {
			return editions[i+1:]
		}
	}
	return nil
}

// laterCovering is the first edition after one that covers every quantity by a
// tier, nil where there is none.
func laterCovering(editions []*reference.Edition, e *reference.Edition, stated []quantity) *reference.Edition {
	for _, next := range later(editions, e) {
		if smallestTier(next, stated) != nil {
			return next
		}
	}
	return nil
}

// answers reports whether an edition answers the quantities, extrapolated where
// need be.
func answers(c cloud.Cloud, e *reference.Edition, stated []quantity) bool {
	for _, q := range stated {
		if _, published := q.limit(e.Largest()); !published {
			return false
		}
	}
	if smallestTier(e, stated) != nil {
		return true
	}
	most := mostExceeding(e.Largest(), stated)
	return most.value <= largestAnswerable(c, e, e.Largest(), most.limited(e.Largest()))
}

// largestAnswerable is how far a quantity of this limit can be extrapolated
// before the cloud sells no database of the row's family that is large enough.
func largestAnswerable(c cloud.Cloud, e *reference.Edition, t *reference.Tier, limit int64) int64 {
	name, _ := t.Database.MachineType(string(c.Name()))
	db, _ := c.Database(name)
	byVCPU := mulDiv(limit, c.LargestDatabase(db).VCPU, db.VCPU)
	byStorage := mulDiv(limit, c.LargestStorageGB(), storageGB(e, t))
	return min(byVCPU, byStorage)
}
