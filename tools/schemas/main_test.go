// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	tfjson "github.com/hashicorp/terraform-json"
)

const pinned = `
terraform {
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
        "old": {"type": ["map", "string"], "deprecated": true, "deprecation_message": "No more.", "optional": true},
        "set": {"optional": true, "nested_type": {"nesting_mode": "list", "attributes": {
          "value": {"type": "string", "description": "A value.", "optional": true, "sensitive": false}}}}},
      "block_types": {"rule": {"nesting_mode": "list", "min_items": 1, "max_items": 1, "block": {"description_kind": "plain"}}}}}}}}}`

const trimmed = `{
 "format_version": "1.0",
 "provider_schemas": {
  "registry.terraform.io/hashicorp/google": {
   "provider": {
    "version": 0,
    "block": {
     "attributes": {
      "project": {"type":"string","optional":true}
     }
    }
   },
   "resource_schemas": {
    "google_service_account": {
     "version": 1,
     "block": {
      "attributes": {
       "old": {"type":["map","string"],"deprecated":true,"optional":true},
       "set": {
        "nested_type": {
         "attributes": {
          "value": {"type":"string","optional":true}
         },
         "nesting_mode": "list"
        },
        "optional": true
       }
      },
      "block_types": {
       "rule": {
        "nesting_mode": "list",
        "block": {},
        "min_items": 1,
        "max_items": 1
       }
      }
     }
    }
   },
   "data_source_schemas": {
    "google_client_config": {
     "version": 0,
     "block": {
      "attributes": {
       "access_token": {"type":"string","computed":true,"sensitive":true}
      }
     }
    }
   }
  }
 }
}
`

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o700); err != nil {
		t.Fatal(err)
	}
}

// A fake Terraform answers the whole command.
func TestRun(t *testing.T) {
	folder := t.TempDir()
	at := func(name string) string { return filepath.Join(folder, name) }
	write(t, at("modules/one/main.tf"), pinned)
	write(t, at("answer.json"), answer)
	write(t, at("terraform"), `#!/bin/sh
case "$1" in
init) grep -q '"google":{"source":"hashicorp/google","version":"~\\u003e 7.0"}' main.tf.json ;;
providers) cat '`+at("answer.json")+`' ;;
version) echo '{"terraform_version": "1.11.4", "provider_selections": {"registry.terraform.io/hashicorp/google": "7.45.0"}}' ;;
esac
`)
	for _, test := range []struct{ also, want string }{
		{"", ""},
		{strings.Replace(pinned, "~> 7.0", "~> 8.0", 1), "google is ~> 8.0 here and ~> 7.0 elsewhere"},
		{strings.Replace(pinned, "google_service_account", "google_gone", 1), "google_gone is in use, but not in the schemas"},
	} {
		write(t, at("modules/two/main.tf"), test.also)
		switch err := run(t.Context(), folder, at("terraform"), []string{at("modules")}); {
		case test.want == "" && err != nil:
			t.Error(err)
		case test.want != "" && (err == nil || !strings.HasSuffix(err.Error(), test.want)):
			t.Errorf("got %v, want %s", err, test.want)
		}
	}
	for name, want := range map[string]string{"google.json": trimmed, "releases.json": "{\"google\":\"7.45.0\"}\n"} {
		if got, err := os.ReadFile(at(name)); err != nil || string(got) != want {
			t.Errorf("%s: %v, got %s", name, err, got)
		}
	}
}

// The stand-ins' files are as this command would write them.
func TestTheFilesKeepTheirForm(t *testing.T) {
	for _, name := range []string{"aws", "azurerm", "google", "helm", "kubernetes", "random"} {
		content, err := os.ReadFile("../standin/schemas/" + name + ".json")
		if err != nil {
			t.Fatal(err)
		}
		var document tfjson.ProviderSchemas
		if err := json.Unmarshal(content, &document); err != nil {
			t.Fatal(err)
		}
		again, err := encode(document)
		if err != nil || !bytes.Equal(again, content) {
			t.Errorf("%s would be written differently: %v", name, err)
		}
	}
}
