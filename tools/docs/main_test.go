// SPDX-License-Identifier: MPL-2.0

package main

import (
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/refarch/terraform-provider-refarch/internal/sizing"
)

const root = "../.."

func captured(t *testing.T) []capture {
	t.Helper()
	all, err := readCaptures(filepath.Join(root, "internal", "cloud", "testdata", "captures.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func files(t *testing.T) map[string]string {
	t.Helper()
	all, err := generated()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// contains looks for each text, with any number of spaces where it has one.
func contains(t *testing.T, text string, wanted ...string) {
	t.Helper()
	plain := strings.Join(strings.Fields(text), " ")
	for _, want := range wanted {
		if !strings.Contains(plain, want) {
			t.Errorf("%q is missing in:\n%s", want, text)
		}
	}
}

func TestSameBytesEveryTime(t *testing.T) {
	first, second := files(t), files(t)
	for name, content := range first {
		if second[name] != content {
			t.Errorf("%s differs from one run to the next", name)
		}
	}
	figures := figuresFor(captured(t))
	for _, line := range []string{"moves", "editions", "worked-nodes", "captured-nodes"} {
		once, err := fill("<!-- figures: "+line+" -->", figures)
		if err != nil {
			t.Fatal(err)
		}
		if again, _ := fill("<!-- figures: "+line+" -->", figures); again != once {
			t.Errorf("the figures %s differ from one run to the next", line)
		}
	}
}

func TestWorkedNodes(t *testing.T) {
	table, err := workedNodes()
	if err != nil {
		t.Fatal(err)
	}
	contains(t, table,
		"| **allocatable** | **28,388** | **30,768** | **30,322** | **29,739** |",
		"| daemons of every node | −439 | −120 | −120 | −470 |",
		"| **workspaces on a node** | **13** | **14** | **14** | **14** |",
		"| the editions say | 16 | 16 | 16 | 16 |",
	)
	all, err := allWorked()
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range all {
		var sum int64
		for _, p := range parts {
			if p.mib(w) < 0 {
				t.Errorf("%s: %s is below 0", w.machine.Name, p.name)
			}
			sum += p.mib(w)
		}
		if sum != w.machine.MemoryMiB {
			t.Errorf("%s: the parts add up to %d MiB, not %d", w.machine.Name, sum, w.machine.MemoryMiB)
		}
	}
}

func TestPodLimits(t *testing.T) {
	table, err := podLimits([]string{"azure", "Standard_D8s_v3", "30", "110", "250"})
	if err != nil {
		t.Fatal(err)
	}
	contains(t, table,
		"| 30 | 750 | 31,339 | 30,869 | 14 | cpu |",
		"| 110 | 2,350 | 29,739 | 29,269 | 14 | memory |",
		"| 250 | 5,150 | 26,939 | 26,469 | 12 | memory |",
	)
	contains(t, poolLimits(), "| GKE | 1,000 | in each zone | nothing |", "| EKS | 450 | in all its zones | the quota `L-BD136A63` |")
	if _, err := podLimits([]string{"azure", "Standard_D8s_v3", "5"}); err == nil {
		t.Error("a limit below the cloud's minimum is no error")
	}
}

func TestCapturedNodes(t *testing.T) {
	table := capturedTable(captured(t))
	contains(t, table,
		"| GKE | `n1-standard-32`, one thread a core | 1.29 |",
		"The tests compare 146 nodes; the 13 that are missing here are of types outside the catalogue",
		"| EKS | `t3.2xlarge` | 1.19 | 58 | 30,768 | 30,768 | 0 | public posting |",
		"| GKE | `n1-standard-2` | 1.25 | 110 | 5,614 | 5,598 | −16 | [converged-computing/operator-experiments](https://github.com/converged-computing/operator-experiments/blob/4942e543438314c42fb6d2dc05e521297f95bc77/google/service-timing/run13/operator/nodes.json) |",
	)
}

func TestMoves(t *testing.T) {
	text, err := moves()
	if err != nil {
		t.Fatal(err)
	}
	contains(t, text,
		"## From 2024-03 to 2025-04", "## From 2024-03 to 2026-01", "## From 2025-04 to 2026-01",
		"### 3,000 users: 2025-04 to 2026-01",
		"| workspace machine type | same | `t3.2xlarge` → `m5.2xlarge`, **replaces** | same |",
		"| coderd machine type | `n1-standard-2` → `n4-standard-4`, rolls | `t3.large` → `m8i.xlarge`, **replaces** | `Standard_D2s_v3` → `Standard_D4s_v5`, rotates |",
		"| workspaces at once | 1,000 → 600 | 1,000 → 600 | 1,000 → 600 |",
		"| database class | `db-custom-2-7680` → `db-custom-8-30720`, **restarts** |",
		"| database nodes | 2 → 1 | 2 → 1 | 2 → 1 |",
	)
	if strings.Contains(text, "2026-01 to 2024-03") {
		t.Error("a move goes back in time")
	}
}

// A curve ends where the edition's tiers do: nothing is invented beyond. What
// editions share is one curve.
func TestFleetCurves(t *testing.T) {
	curves, err := fleetCurves()
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[fleetName][]int64{
		{"2024-03", "published"}:   {4, 67, 71, 268, 0, 0, 0},
		{"2025-04", "published"}:   {4, 67, 71, 268, 0, 0, 0},
		{"2024-03", "schedulable"}: {4, 82, 85, 268, 0, 0, 0},
		{"2026-01", ""}:            {13, 59, 68, 169, 235, 558, 0},
	} {
		i := slices.IndexFunc(curves, func(c fleetCurve) bool { return slices.Contains(c.names, name) })
		if i < 0 {
			t.Errorf("there is no curve of %v", name)
			continue
		}
		c := curves[i]
		if got := []int64{c.at(1), c.at(1000), c.at(1001), c.at(3000), c.at(3001), c.at(10_000), c.at(10_001)}; !slices.Equal(got, want) {
			t.Errorf("%v has %v nodes, not %v", name, got, want)
		}
	}
	if got, want := curves[0].name(), "2024-03 and 2025-04, packing published"; got != want {
		t.Errorf("the first curve is called %q, not %q", got, want)
	}
}

func TestPicturesAreAccessibleXML(t *testing.T) {
	for name, content := range files(t) {
		if filepath.Ext(name) != ".svg" {
			continue
		}
		t.Run(name, func(t *testing.T) {
			decoder := xml.NewDecoder(strings.NewReader(content))
			for {
				_, err := decoder.Token()
				if errors.Is(err, io.EOF) {
					break
				}
				if err != nil {
					t.Fatal(err)
				}
			}
			for _, want := range []string{`role="img"`, `<title id="title">`, `<desc id="description">`} {
				if !strings.Contains(content, want) {
					t.Errorf("%s is missing", want)
				}
			}
			if regexp.MustCompile(`NaN|Inf|%!`).MatchString(content) {
				t.Error("the picture has a number that is none")
			}
		})
	}
	contains(t, files(t)["images/workspaces-on-a-node.svg"],
		"t2d-standard-8 on GKE takes 13 workspaces, where the pages say 16: kernel 674, reserved 3,606, eviction 100, workspaces 26,624, daemons 439 and unused 1,325 MiB.",
		"Standard_D8s_v3 on AKS takes 14 workspaces")
	contains(t, files(t)["images/request-and-limit.svg"],
		"the other workspaces on t2d-standard-8: 13 workspaces request 2 GiB each and may use 4 GiB each, 1.91 times the 27.29 GiB that the node has for them. "+
			"kind large on n2-standard-16: 7 workspaces request 8 GiB each and may use 16 GiB each, 1.97 times the 56.82 GiB")
	contains(t, files(t)["images/fleet-by-users.svg"],
		": 1 users, 13 nodes; 10 users, 13 nodes; 100 users, 17 nodes; 1,000 users, 59 nodes; 1,001 users, 68 nodes;",
		"@media (prefers-color-scheme: dark)")
}

func TestFill(t *testing.T) {
	figures := map[string]figure{"twice": figureOf(func(words []string) (string, error) {
		if len(words) != 1 {
			return "", errors.New("takes one word")
		}
		return words[0] + "+" + words[0] + "\n", nil
	})}
	got, err := fill("before\n\n<!-- figures: twice word -->\n\nafter\n", figures)
	if want := "before\n\nword+word\n\nafter\n"; err != nil || got != want {
		t.Errorf("got %q and %v, want %q", got, err, want)
	}
	for _, page := range []string{"<!-- figures: thrice word -->", "<!-- figures: twice -->"} {
		if _, err := fill(page, figures); err == nil {
			t.Errorf("%s is no error", page)
		}
	}
}

// templates are the paths of all templates.
func templates(t *testing.T) []string {
	t.Helper()
	all, err := filepath.Glob(filepath.Join(root, "templates", "*.tmpl"))
	if err != nil {
		t.Fatal(err)
	}
	below, err := filepath.Glob(filepath.Join(root, "templates", "*", "*.tmpl"))
	if err != nil {
		t.Fatal(err)
	}
	return append(all, below...)
}

// Every marker of a template has its figures, and stands on a line of its own.
func TestTemplatesAskForFiguresThatThereAre(t *testing.T) {
	figures, markers := figuresFor(captured(t)), 0
	for _, name := range templates(t) {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		markers += len(marker.FindAllString(string(text), -1))
		filled, err := fill(string(text), figures)
		if err != nil {
			t.Errorf("%s: %v", filepath.Base(name), err)
		}
		if strings.Contains(filled, "<!-- figures") {
			t.Errorf("%s: a marker is no line of its own", filepath.Base(name))
		}
	}
	if markers == 0 {
		t.Error("no template asks for figures")
	}
}

// Every example of a data source stands on a page. Those named data-source.tf
// stand on the data source's own.
func TestPagesShowEveryExample(t *testing.T) {
	examples, err := filepath.Glob(filepath.Join(root, "examples", "data-sources", "*", "*", "main.tf"))
	if err != nil {
		t.Fatal(err)
	}
	var pages strings.Builder
	for _, name := range templates(t) {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		pages.Write(text)
	}
	if len(examples) == 0 {
		t.Error("there are no examples")
	}
	for _, example := range examples {
		path, err := filepath.Rel(root, example)
		if err != nil {
			t.Fatal(err)
		}
		if shown := `{{ tffile "` + filepath.ToSlash(path) + `" }}`; !strings.Contains(pages.String(), shown) {
			t.Errorf("no page has %s", shown)
		}
	}
}

// The guide lists every warning in the provider's order.
func TestChecksGuideListsEveryWarning(t *testing.T) {
	guide, err := os.ReadFile(filepath.Join(root, "templates", "guides", "checks.md.tmpl"))
	if err != nil {
		t.Fatal(err)
	}
	_, list, _ := strings.Cut(string(guide), "## All warnings")
	var codes []sizing.WarningCode
	for _, found := range regexp.MustCompile("(?m)^\\| `([a-z0-9_]+)` \\|").FindAllStringSubmatch(list, -1) {
		codes = append(codes, sizing.WarningCode(found[1]))
	}
	if !slices.Equal(codes, sizing.WarningCodes()) {
		t.Errorf("the guide lists %q, not %q", codes, sizing.WarningCodes())
	}
}

func TestWords(t *testing.T) {
	for got, want := range map[string]string{
		gib(7680):                  "7.5",
		release("v1.27.3-gke.100"): "1.27", release("GKE 1.25"): "1.25", release(""): "not stated",
		sourceLink("node status published in a public repository, 2026-09"): "public posting",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestGenerate(t *testing.T) {
	folder := t.TempDir()
	data := filepath.Join(folder, "internal", "cloud", "testdata")
	text, err := os.ReadFile(filepath.Join(root, "internal", "cloud", "testdata", "captures.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{
		filepath.Join(data, "captures.yaml"):      string(text),
		filepath.Join(folder, "docs", "index.md"): "# Page\n\n<!-- figures: summary\nusers = 1000\ncloud = \"gcp\"\nedition = \"2024-03\"\npacking = \"schedulable\"\n-->\n",
	} {
		if err := write(name, content); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 { // a second run finds nothing to do
		if err := generate(folder); err != nil {
			t.Fatal(err)
		}
		page, err := os.ReadFile(filepath.Join(folder, "docs", "index.md"))
		if err != nil {
			t.Fatal(err)
		}
		contains(t, string(page), "# Page ```text 1,000 users on gcp: edition 2024-03", "79 1 to 79 13 1,000 632")
	}
	if err := write(filepath.Join(folder, "docs", "broken.md"), "<!-- figures: none -->\n"); err != nil {
		t.Fatal(err)
	}
	if err := generate(folder); err == nil || !strings.Contains(err.Error(), "broken.md") {
		t.Errorf("a page that asks for unknown figures is told as %v", err)
	}
}
