package sizing

import (
	"strconv"

	"github.com/refarch/terraform-provider-refarch/internal/cloud"
	"github.com/refarch/terraform-provider-refarch/internal/reference"
)

// load is what the fleet has to carry, and the published row that answers.
type load struct {
	edition    *reference.Edition
	tier       *reference.Tier
	users      int64
	workspaces int64
	builds     int64
	beyond     *Extrapolation // nil within the tier's limits
}

// scaled is a count of the row for this load: the row's own, or beyond the
// validated range as many times more as the load exceeds its limit.
func (l load) scaled(count int64) int64 {
	if l.beyond == nil {
		return count
	}
	return ceilMulDiv(count, l.beyond.Value, l.beyond.Limit)
}

// quantity is one of the loads that a request states, with how a tier limits
// it.
type quantity struct {
	argument string
	value    int64
	limit    func(*reference.Tier) int64
}

func (q quantity) coveredBy(t *reference.Tier) bool { return q.value <= q.limit(t) }

// stated lists the loads that the request states, in the order of the
// arguments; ok is false while one of them is unknown.
func (s *sizer) stated() (quantities []quantity, ok bool) {
	for _, q := range []struct {
		argument string
		value    Arg[int64]
		limit    func(*reference.Tier) int64
	}{
		{"users", s.in.users, func(t *reference.Tier) int64 { return t.Limits.Users }},
		{"concurrent_workspaces", s.in.concurrentWorkspaces, (*reference.Tier).ConcurrentWorkspaces},
		{"concurrent_builds", s.in.concurrentBuilds, (*reference.Tier).ConcurrentBuilds},
		{"api_rps", s.in.apiRPS, func(t *reference.Tier) int64 { return *t.Limits.APIRPS }},
	} {
		if q.value.IsUnknown() {
			return nil, false
		}
		if value, stated := q.value.Get(); stated {
			quantities = append(quantities, quantity{q.argument, value, q.limit})
		}
	}
	return quantities, true
}

// chooseTier finds the smallest tier that covers every stated quantity, and the
// loads that the request leaves to it.
func (s *sizer) chooseTier() (load, bool) {
	edition, editionKnown := s.in.edition.Get()
	quantities, statedKnown := s.stated()
	if !editionKnown || !statedKnown {
		return load{}, false
	}
	l := load{edition: edition, users: quantities[0].value}
	if l.tier = smallestTier(edition, quantities); l.tier == nil {
		l.tier = edition.Largest()
		l.beyond = mostExceeding(l.tier, quantities)
		if !s.mayExtrapolate(l, quantities) {
			return load{}, false
		}
	}
	workspaces := ceilMulDiv(l.users, edition.RunningWorkspacesPercent, 100)
	l.workspaces, _ = orDefault(s.in.concurrentWorkspaces, workspaces).Get()
	builds := l.scaled(l.tier.ConcurrentBuilds())
	// While this is unknown the tier can be judged, and no pool is counted.
	if colocate, _ := s.in.colocate.Get(); colocate && l.tier.Colocation != nil {
		builds = l.tier.Colocation.ConcurrentBuilds
	}
	l.builds, _ = orDefault(s.in.concurrentBuilds, builds).Get()
	return l, true
}

func smallestTier(e *reference.Edition, quantities []quantity) *reference.Tier {
	for _, tier := range e.Tiers {
		covers := true
		for _, q := range quantities {
			covers = covers && q.coveredBy(tier)
		}
		if covers {
			return tier
		}
	}
	return nil
}

// mostExceeding is the quantity with the largest ratio to its limit, the first
// of equals.
func mostExceeding(t *reference.Tier, quantities []quantity) *Extrapolation {
	most := &Extrapolation{Limit: 1}
	for _, q := range quantities {
		// value/limit > most.Value/most.Limit, in whole numbers
		if limit := q.limit(t); q.value*most.Limit > most.Value*limit {
			most = &Extrapolation{Quantity: q.argument, Value: q.value, Limit: limit}
		}
	}
	return most
}

// mayExtrapolate judges a load beyond the largest tier: an error unless the
// request asks to extrapolate and the cloud sells a database large enough.
func (s *sizer) mayExtrapolate(l load, quantities []quantity) bool {
	beyondRange, ok := s.in.beyondRange.Get()
	if !ok {
		return false
	}
	q := l.beyond
	c, cloudKnown := s.in.cloud.Get()
	largest := int64(maxCount)
	if cloudKnown {
		largest = largestAnswerable(c, l.edition, l.tier, q.Limit)
	}
	if beyondRange == BeyondRangeError {
		const extrapolate = `beyond_range = "extrapolate" in the data source`
		lower := "lower " + q.Quantity + " to at most " + strconv.FormatInt(q.Limit, 10)
		if q.Limit < largest && largest < q.Value {
			lower += " (" + strconv.FormatInt(largest, 10) + " with " + extrapolate + ", outside the validated range)"
		}
		remedies := []string{lower}
		if next := s.laterCovering(l.edition, quantities); next != "" {
			remedies = append(remedies, `set edition = "`+next+`" (its largest tier covers this load)`)
		}
		if q.Value <= largest {
			remedies = append(remedies, "set "+extrapolate+" for an answer outside the validated range")
		}
		s.faultf("Load Beyond the Largest Tier", []string{q.Quantity},
			`%s is %d, and the largest tier of edition %s, %s, covers %d. %s`,
			q.Quantity, q.Value, l.edition.ID, l.tier.Name, q.Limit, remedy(remedies))
		return false
	}
	if !cloudKnown {
		return false
	}
	if q.Value <= largest {
		return true
	}
	what := "which can be extrapolated to " + strconv.FormatInt(largest, 10)
	if largest <= q.Limit {
		what = "which cannot be extrapolated"
	}
	advice := "Lower " + q.Quantity + " to at most " + strconv.FormatInt(largest, 10)
	for _, next := range s.later(l.edition) {
		if answers(c, next, quantities) {
			advice += ` or set edition = "` + next.ID + `", which answers this load`
			break
		}
	}
	s.faultf("Load Beyond the Largest Database", []string{q.Quantity},
		"%s is %d, and the largest tier of edition %s, %s, covers %d, %s on %s: %s sells no larger database of the family of %s. %s.",
		q.Quantity, q.Value, l.edition.ID, l.tier.Name, q.Limit, what, c.Name(), c.Name(), databaseType(l.tier, c.Name()), advice)
	return false
}

// later lists the editions after one, oldest first.
func (s *sizer) later(e *reference.Edition) []*reference.Edition {
	for i, edition := range s.editions {
		if edition == e {
			return s.editions[i+1:]
		}
	}
	return nil
}

// laterCovering is the first edition after one that covers every quantity by a
// tier, "" where there is none.
func (s *sizer) laterCovering(e *reference.Edition, quantities []quantity) string {
	for _, next := range s.later(e) {
		if covers(next, quantities) {
			return next.ID
		}
	}
	return ""
}

// covers reports whether an edition's largest tier covers every quantity.
func covers(e *reference.Edition, quantities []quantity) bool {
	return publishesAll(e, quantities) && smallestTier(e, quantities) != nil
}

// answers reports whether an edition answers the quantities, extrapolated where
// need be.
func answers(c cloud.Cloud, e *reference.Edition, quantities []quantity) bool {
	if !publishesAll(e, quantities) {
		return false
	}
	if smallestTier(e, quantities) != nil {
		return true
	}
	most := mostExceeding(e.Largest(), quantities)
	return most.Value <= largestAnswerable(c, e, e.Largest(), most.Limit)
}

func publishesAll(e *reference.Edition, quantities []quantity) bool {
	return e.PublishesAPIRPS() || quantities[len(quantities)-1].argument != "api_rps"
}

// largestAnswerable is how far a quantity of this limit can be extrapolated
// before the cloud sells no database of the row's family that is large enough.
func largestAnswerable(c cloud.Cloud, e *reference.Edition, t *reference.Tier, limit int64) int64 {
	db, _ := c.Database(databaseType(t, c.Name()))
	byVCPU := mulDiv(limit, c.LargestDatabase(db).VCPU, db.VCPU)
	byStorage := mulDiv(limit, c.LargestStorageGB(), storageGB(e, t))
	return min(byVCPU, byStorage)
}
