// SPDX-License-Identifier: MPL-2.0

package sizing

import "testing"

// On a tie the limits are named in their order: memory, CPU, pods, volumes.
func TestTake(t *testing.T) {
	pod := PodRequest{CPUMillicores: 100, MemoryMiB: 200}
	for _, test := range []struct {
		room    room
		volumes int64
		want    int64
		limit   Limit
	}{
		{room{1000, 2000, 10, 10, 0}, 1, 10, LimitMemory},
		{room{1000, 2199, 10, 10, 0}, 1, 10, LimitMemory},
		{room{1000, 2200, 10, 10, 0}, 1, 10, LimitCPU},
		{room{1100, 2200, 10, 10, 0}, 1, 10, LimitPods},
		{room{1100, 2200, 11, 10, 0}, 1, 10, LimitVolumes},
		{room{1100, 2200, 11, 10, 0}, 2, 5, LimitVolumes},
		{room{1100, 2200, 11, 10, 0}, 0, 11, LimitMemory},
		{room{99, 2200, 11, 10, 0}, 1, 0, LimitCPU},
		{room{0, 0, 0, 0, 0}, 1, 0, LimitMemory},
	} {
		if got, limit := test.room.take(pod, test.volumes, 0); got != test.want || limit != test.limit {
			t.Errorf("%+v with %d volumes takes %d, limited by %s; want %d, %s", test.room, test.volumes, got, limit, test.want, test.limit)
		}
	}
	for _, none := range []PodRequest{{0, 1}, {1, 0}} {
		if got, limit := (room{1000, 2000, 10, 10, 0}).take(none, 0, 0); got != 0 || limit != LimitMemory {
			t.Errorf("%+v: %d, limited by %s", none, got, limit)
		}
	}
}

func TestShare(t *testing.T) {
	for _, test := range []struct {
		room room
		n    int64
		want PodRequest
	}{
		{room{millicores: 7669, mib: 27949}, 30, PodRequest{230, 832}},
		{room{millicores: 1689, mib: 5155}, 1, PodRequest{1520, 4624}},
		{room{millicores: 11, mib: 17}, 1, PodRequest{0, 0}},
		{room{millicores: 12, mib: 18}, 1, PodRequest{10, 16}},
	} {
		if got := test.room.share(test.n); got != test.want {
			t.Errorf("%+v shared by %d: %+v, want %+v", test.room, test.n, got, test.want)
		}
	}
}
