package main

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const pinned = `
terraform {
  required_version = ">= 1.9.0"

  required_providers {
    google = {
      source  = "hashicorp/google"
      version = "~> 7.0"
    }
    refarch = {
      source = "refarch/refarch"
    }
  }
}

data "google_client_config" "current" {}

data "refarch_sizing" "this" {}

resource "google_service_account" "nodes" {
  # resource "google_commented_out" "not"
  account_id = "coder"
}
`

const answer = `{"format_version": "1.0", "provider_schemas": {"registry.terraform.io/hashicorp/google": {
  "provider": {"version": 0, "block": {"description_kind": "plain", "attributes": {"project": {"type": "string", "description_kind": "plain", "optional": true}}}},
  "resource_identity_schemas": {"google_service_account": {"version": 0, "attributes": {}}},
  "functions": {},
  "data_source_schemas": {
    "google_client_config": {"version": 0, "block": {"attributes": {"access_token": {"type": "string", "computed": true, "sensitive": true}}}},
    "google_project": {"version": 0, "block": {}}},
  "resource_schemas": {
    "google_kms_key_ring": {"version": 0, "block": {}},
    "google_service_account": {"version": 1, "block": {"description": "An account.", "deprecated": false,
      "attributes": {
        "name": {"type": "string", "description": "A <name>.", "computed": true},
        "account_id": {"type": "string", "description": "An id.", "description_kind": "markdown", "required": true},
        "old": {"type": ["map", "string"], "deprecated": true, "deprecation_message": "No more.", "optional": true},
        "set": {"optional": true, "nested_type": {"nesting_mode": "list", "attributes": {
          "value": {"type": "string", "description": "A value.", "optional": true, "sensitive": false}}}}},
      "block_types": {"timeouts": {"nesting_mode": "single", "block": {"description_kind": "plain",
        "attributes": {"create": {"type": "string", "description_kind": "plain", "optional": true}}}},
        "rule": {"nesting_mode": "list", "min_items": 1, "max_items": 1, "block": {"description_kind": "plain"}}}}}}}}}`

const trimmed = `{
 "format_version": "1.0",
 "provider_schemas": {
  "registry.terraform.io/hashicorp/google": {
   "data_source_schemas": {
    "google_client_config": {
     "block": {
      "attributes": {
       "access_token": {"computed":true,"sensitive":true,"type":"string"}
      }
     },
     "version": 0
    }
   },
   "provider": {
    "block": {
     "attributes": {
      "project": {"optional":true,"type":"string"}
     }
    },
    "version": 0
   },
   "resource_schemas": {
    "google_service_account": {
     "block": {
      "attributes": {
       "account_id": {"required":true,"type":"string"},
       "name": {"computed":true,"type":"string"},
       "old": {"deprecated":true,"optional":true,"type":["map","string"]},
       "set": {
        "nested_type": {
         "attributes": {
          "value": {"optional":true,"type":"string"}
         },
         "nesting_mode": "list"
        },
        "optional": true
       }
      },
      "block_types": {
       "rule": {
        "block": {},
        "max_items": 1,
        "min_items": 1,
        "nesting_mode": "list"
       },
       "timeouts": {
        "block": {
         "attributes": {
          "create": {"optional":true,"type":"string"}
         }
        },
        "nesting_mode": "single"
       }
      }
     },
     "version": 1
    }
   }
  }
 }
}
`

func folder(t *testing.T, files map[string]string) string {
	t.Helper()

	at := t.TempDir()

	for name, content := range files {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(at, name)), 0o700); err != nil {
			t.Fatal(err)
		}

		if err := os.WriteFile(filepath.Join(at, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}

	return at
}

func TestScan(t *testing.T) {
	other := strings.Replace(pinned, "google_service_account", "google_compute_network", 1)

	needed, err := scan([]string{folder(t, map[string]string{"main.tf": pinned, "a/b/more.tf": other, "notes.md": `resource "google_no" "no" {}`})})
	if err != nil {
		t.Fatal(err)
	}

	if len(needed.resources) != 2 || !needed.resources["google_service_account"] || !needed.resources["google_compute_network"] {
		t.Errorf("resources %v", needed.resources)
	}

	if len(needed.dataSources) != 2 || !needed.dataSources["google_client_config"] || !needed.dataSources["refarch_sizing"] {
		t.Errorf("data sources %v", needed.dataSources)
	}

	if len(needed.pins) != 1 || needed.pins["google"] != "~> 7.0" {
		t.Errorf("pins %v", needed.pins)
	}

	want := "terraform {\n  required_providers {\n    google = {\n      source  = \"hashicorp/google\"\n      version = \"~> 7.0\"\n    }\n  }\n}\n"
	if got := requirements(needed.pins); got != want {
		t.Errorf("got %s", got)
	}
}

func TestScanRefuses(t *testing.T) {
	tests := map[string]struct {
		second, want string
	}{
		"two releases": {strings.Replace(pinned, "~> 7.0", "~> 8.0", 1), "google is ~> 8.0 here and ~> 7.0 elsewhere"},
		"no release":   {strings.Replace(pinned, `version = "~> 7.0"`, "", 1), "google has no version"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := scan([]string{folder(t, map[string]string{"a.tf": pinned, "b.tf": test.second})})
			if err == nil || !strings.HasSuffix(err.Error(), "b.tf: "+test.want) {
				t.Errorf("got %v, want %s", err, test.want)
			}
		})
	}

	if _, err := scan([]string{t.TempDir()}); err == nil || err.Error() != "no configuration requires a provider" {
		t.Errorf("nothing at all: %v", err)
	}
}

func TestTrim(t *testing.T) {
	needed, err := scan([]string{folder(t, map[string]string{"main.tf": pinned})})
	if err != nil {
		t.Fatal(err)
	}

	files, err := trim([]byte(answer), needed)
	if err != nil {
		t.Fatal(err)
	}

	if got := string(files["google"]); got != trimmed || len(files) != 1 {
		t.Errorf("%d files, got %s", len(files), got)
	}

	needed.resources["google_gone"], needed.pins["aws"] = true, "~> 6.0"

	want := "in use, but not in the schemas: provider aws, resource google_gone"
	if _, err := trim([]byte(answer), needed); err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

// The files of the stand-in are as this command would write them.
func TestTheFilesKeepTheirForm(t *testing.T) {
	files, err := filepath.Glob("../standin/schemas/*.json")
	if err != nil || len(files) != 9 {
		t.Fatalf("%d files, %v", len(files), err)
	}

	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}

		var document object
		if err := decode(content, &document); err != nil {
			t.Fatal(err)
		}

		if _, ok := document["provider_schemas"]; ok && !bytes.Equal(bytes.TrimSpace(encode(document)), bytes.TrimSpace(content)) {
			t.Errorf("%s would be written differently", file)
		}
	}
}

// A fake Terraform answers the whole command.
func TestRun(t *testing.T) {
	at := folder(t, map[string]string{
		"data/replaces.json": `{"google_kms_key_ring": {"paths": ["name"]}}`,
		"answer.json":        answer,
		"modules/main.tf":    pinned,
	})
	program := filepath.Join(at, "terraform")

	if err := os.WriteFile(program, []byte("#!/bin/sh\ncase $1 in\nproviders) cat '"+filepath.Join(at, "answer.json")+
		"' ;;\nversion) echo '{\"provider_selections\": {\"registry.terraform.io/hashicorp/google\": \"7.45.0\"}}' ;;\nesac\n"), 0o700); err != nil {
		t.Fatal(err)
	}

	data := filepath.Join(at, "data")
	if err := run(t.Context(), data, program, []string{filepath.Join(at, "modules")}); err != nil {
		t.Fatal(err)
	}

	if got, err := os.ReadFile(filepath.Join(data, "google.json")); err != nil || string(got) != trimmed {
		t.Errorf("%v, got %s", err, got)
	}

	want := "{\n \"google\": \"7.45.0\"\n}\n"
	if got, err := os.ReadFile(filepath.Join(data, "releases.json")); err != nil || string(got) != want {
		t.Errorf("%v, got %s", err, got)
	}

	needed, err := scan([]string{filepath.Join(at, "modules")})
	if err != nil {
		t.Fatal(err)
	}

	got, err := unread(data, needed)
	if want := []string{"google_service_account"}; err != nil || !slices.Equal(got, want) {
		t.Errorf("%v, got %v, want %v", err, got, want)
	}

	if err := run(t.Context(), data, filepath.Join(at, "none"), []string{filepath.Join(at, "modules")}); err == nil {
		t.Error("a Terraform that is not there went unnoticed")
	}
}
