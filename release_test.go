// SPDX-License-Identifier: MPL-2.0

package main_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// What a release says of itself is written in several places. These tests hold them together.

// binary builds the provider's program in a folder of its own, linked with the flags.
func binary(t *testing.T, ldflags string) string {
	t.Helper()

	path := filepath.Join(t.TempDir(), "terraform-provider-refarch")
	if runtime.GOOS == "windows" {
		path += ".exe"
	}
	build := exec.CommandContext(t.Context(), "go", "build", "-ldflags", ldflags, "-o", path, ".")
	if output, err := build.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, output)
	}
	return path
}

func read(t *testing.T, path string) string {
	t.Helper()

	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// matches returns what the pattern's only group finds in the text, each finding once.
func matches(t *testing.T, pattern, text string) []string {
	t.Helper()

	var found []string
	for _, match := range regexp.MustCompile(pattern).FindAllStringSubmatch(text, -1) {
		found = append(found, match[1])
	}
	slices.Sort(found)
	return slices.Compact(found)
}

func equal(t *testing.T, what string, got, want []string) {
	t.Helper()

	if !slices.Equal(got, want) {
		t.Errorf("%s: got %q, want %q", what, got, want)
	}
}

// releaser is the part of .goreleaser.yml that has to agree with something.
type releaser struct {
	ProjectName string `yaml:"project_name"`
	Builds      []struct {
		Binary  string
		Env     []string
		Flags   []string
		Ldflags []string
	}
	Checksum struct {
		ExtraFiles []struct {
			Glob         string
			NameTemplate string `yaml:"name_template"`
		} `yaml:"extra_files"`
	}
	Release struct {
		GitHub     struct{ Owner, Name string }
		ExtraFiles []struct {
			Glob         string
			NameTemplate string `yaml:"name_template"`
		} `yaml:"extra_files"`
	}
}

func loadReleaser(t *testing.T) releaser {
	t.Helper()

	var config releaser
	if err := yaml.Unmarshal([]byte(read(t, ".goreleaser.yml")), &config); err != nil {
		t.Fatal(err)
	}
	return config
}

func TestReleaseLinksTheVersion(t *testing.T) {
	t.Parallel()

	config := loadReleaser(t)
	if len(config.Builds) != 1 {
		t.Fatalf("%d builds, want 1", len(config.Builds))
	}

	// The flags of the release itself, with a version filled in.
	ldflags := strings.ReplaceAll(strings.Join(config.Builds[0].Ldflags, " "), "{{ .Version }}", "1.2.3")
	output, err := exec.CommandContext(t.Context(), binary(t, ldflags), "-version").Output()
	if err != nil {
		t.Fatal(err)
	}
	if got := string(output); got != "1.2.3\n" {
		t.Errorf("a release 1.2.3 prints the version %q", got)
	}
}

func TestLocalBuildLinksTheVersion(t *testing.T) {
	t.Parallel()

	variable := matches(t, `-X (\S+)=`, read(t, "GNUmakefile"))
	equal(t, "the variable that GNUmakefile links", variable, []string{"main.version"})

	version := matches(t, `(?m)^## \[(\d+\.\d+\.\d+)\]`, read(t, "CHANGELOG.md"))
	if len(version) == 0 {
		t.Error("CHANGELOG.md has no version for local builds and releases")
	}
}

func TestReleaseIsReproducible(t *testing.T) {
	t.Parallel()

	build := loadReleaser(t).Builds[0]
	equal(t, "environment of the build", build.Env, []string{"CGO_ENABLED=0"})
	equal(t, "flags of the build", build.Flags, []string{"-trimpath"})
}

func TestReleaseNames(t *testing.T) {
	t.Parallel()

	config := loadReleaser(t)
	module := matches(t, `(?m)^module github\.com/(\S+)$`, read(t, "go.mod"))
	equal(t, "where the release goes", []string{config.Release.GitHub.Owner + "/" + config.Release.GitHub.Name}, module)
	if want := filepath.Base(module[0]); config.ProjectName != want {
		t.Errorf("archives are named %q, want %q", config.ProjectName, want)
	}
	// The name by which Terraform finds the binary in the archive.
	if want := "{{ .ProjectName }}_v{{ .Version }}"; config.Builds[0].Binary != want {
		t.Errorf("the binary is named %q, want %q", config.Builds[0].Binary, want)
	}

	// The manifest is both published and in the checksums, under one name.
	want := "terraform-registry-manifest.json"
	for _, files := range [][]struct {
		Glob         string
		NameTemplate string `yaml:"name_template"`
	}{config.Checksum.ExtraFiles, config.Release.ExtraFiles} {
		if len(files) != 1 || files[0].Glob != want || files[0].NameTemplate != "{{ .ProjectName }}_{{ .Version }}_manifest.json" {
			t.Errorf("extra files are %+v, want %s", files, want)
		}
	}
}

// manifestProtocols are the protocol versions that the registry tells Terraform.
func manifestProtocols(t *testing.T) []string {
	t.Helper()

	var manifest struct {
		Version  int
		Metadata struct {
			ProtocolVersions []string `json:"protocol_versions"`
		}
	}
	if err := json.Unmarshal([]byte(read(t, "terraform-registry-manifest.json")), &manifest); err != nil {
		t.Fatal(err)
	}
	if manifest.Version != 1 {
		t.Errorf("the manifest is of version %d, want 1", manifest.Version)
	}
	return manifest.Metadata.ProtocolVersions
}

func TestManifestNamesTheServedProtocol(t *testing.T) {
	t.Parallel()

	// A plugin that its caller greets rightly answers core protocol | protocol | network | ...
	serve := exec.CommandContext(t.Context(), binary(t, ""))
	serve.Env = append(os.Environ(),
		"TF_PLUGIN_MAGIC_COOKIE=d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
		"PLUGIN_PROTOCOL_VERSIONS=5,6")
	stdout, err := serve.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := serve.Start(); err != nil {
		t.Fatal(err)
	}
	greeting := make([]byte, 256)
	n, err := stdout.Read(greeting)
	if err != nil {
		t.Fatal(err)
	}
	// The test is over with the greeting; the plugin ends with its caller.
	if err := serve.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = serve.Wait()

	fields := strings.Split(string(greeting[:n]), "|")
	if len(fields) < 2 {
		t.Fatalf("the plugin greets with %q", greeting[:n])
	}
	equal(t, "protocols in terraform-registry-manifest.json", manifestProtocols(t), []string{fields[1] + ".0"})
}

func TestGoVersionIsTheSameEverywhere(t *testing.T) {
	t.Parallel()

	minor := matches(t, `(?m)^go (\d+\.\d+)`, read(t, "go.mod"))

	modules := []string{"tools/go.mod", "tools/lint/go.mod", "tools/release/go.mod", "tools/schedulerproof/go.mod"}
	for _, module := range modules {
		equal(t, "Go in "+module, matches(t, `(?m)^go (\d+\.\d+)`, read(t, module)), minor)
	}
	// The release that builds what is published, with its patch: no other one makes the same bytes.
	equal(t, "Go in .go-version", matches(t, `^(\d+\.\d+)\.\d+\n$`, read(t, ".go-version")), minor)
	for _, page := range []string{"README.md", "CONTRIBUTING.md"} {
		equal(t, "Go in "+page, matches(t, `\bGo (\d+\.\d+)`, read(t, page)), minor)
	}
}

// pages of .github/workflows.
func workflows(t *testing.T) []string {
	t.Helper()

	paths, err := filepath.Glob(".github/workflows/*.yml")
	if err != nil {
		t.Fatal(err)
	}
	if len(paths) == 0 {
		t.Fatal("no workflows")
	}
	return paths
}

func TestWorkflowsTakeVersionsFromTheRepository(t *testing.T) {
	t.Parallel()

	pinned := matches(t, `TERRAFORM_VERSION:-([\d.]+)`, read(t, "scripts/terraform.sh"))
	if len(pinned) != 1 {
		t.Fatalf("scripts/terraform.sh pins Terraform %q", pinned)
	}
	for _, path := range workflows(t) {
		workflow := read(t, path)

		if strings.Contains(workflow, "go-version:") {
			t.Errorf("%s names a Go version of its own: use go-version-file", path)
		}
		equal(t, path+": files that say the Go version",
			matches(t, `go-version-file: (\S+)`, workflow), []string{".go-version"})
		// Whole versions are the pinned one; the matrix has 1.2.* and latest.
		for _, version := range matches(t, `terraform(?:_version)?: \[?(\d+\.\d+\.\d+)\b`, workflow) {
			equal(t, path+": Terraform", []string{version}, pinned)
		}
	}
}

func TestWorkflowsAreConfined(t *testing.T) {
	t.Parallel()

	pin := regexp.MustCompile(`^[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$`)
	for _, path := range workflows(t) {
		workflow := read(t, path)

		for _, action := range matches(t, `(?m)uses: (.+)$`, workflow) {
			if !pin.MatchString(action) {
				t.Errorf("%s: %q is not pinned by a commit with its version beside it", path, action)
			}
		}
		if !strings.Contains(workflow, "\npermissions:\n  contents: read\n") {
			t.Errorf("%s does not start from read permission", path)
		}
		if !strings.Contains(workflow, "\nconcurrency:\n") {
			t.Errorf("%s has no concurrency group", path)
		}
	}
}

func TestEveryModuleIsUpdatedAndChecked(t *testing.T) {
	t.Parallel()

	dependabot := read(t, ".github/dependabot.yml")
	vulnerability := read(t, ".github/workflows/vulnerability.yml")
	makefile := read(t, "GNUmakefile")
	for _, module := range []string{"tools", "tools/schedulerproof", "tools/lint", "tools/release"} {
		if !strings.Contains(dependabot, "directory: /"+module+"\n") {
			t.Errorf("dependabot.yml does not update %s", module)
		}
		if !strings.Contains(makefile, module) {
			t.Errorf("GNUmakefile does not know %s", module)
		}
	}
	equal(t, "modules checked for vulnerabilities", matches(t, `module: \[(.+)\]`, vulnerability),
		[]string{"., tools, tools/schedulerproof"})
}
