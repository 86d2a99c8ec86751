terraform {
  required_providers {
    refarch = {
      source  = "refarch/refarch"
      version = ">= 0.1.0"
    }
  }
}

# Nothing to configure: no credentials, no network.
provider "refarch" {}
