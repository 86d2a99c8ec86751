terraform {
  # 1.9: a variable's validation may look at other objects.
  required_version = ">= 1.9.0"

  required_providers {
    refarch = {
      source  = "refarch/refarch"
      version = ">= 0.1.0"
    }
  }
}
