terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0, >= 6.9"
    }
    random = {
      source  = "hashicorp/random"
      version = "~> 3.0"
    }
    refarch = {
      source  = "refarch/refarch"
      version = ">= 0.1.0"
    }
  }
}

provider "aws" {
  region = "us-east-1"
}

data "refarch_sizing" "this" {
  users             = 1000
  cloud             = "aws"
  edition           = "2026-01"
  high_availability = true
}

resource "random_password" "database" {
  length  = 32
  special = false
}

resource "aws_db_instance" "coder" {
  identifier     = "coder"
  engine         = "postgres"
  engine_version = "17"
  instance_class = data.refarch_sizing.this.database.sku # with its db. prefix
  multi_az       = data.refarch_sizing.this.database.high_availability

  # Where the disk begins, and how far it grows by itself.
  storage_type          = "gp3"
  allocated_storage     = data.refarch_sizing.this.database.storage_gb
  max_allocated_storage = data.refarch_sizing.this.database.max_storage_gb
  storage_encrypted     = true

  db_name  = "coder"
  username = "coder"
  password = random_password.database.result

  publicly_accessible       = false
  backup_retention_period   = 14
  deletion_protection       = true
  final_snapshot_identifier = "coder-final"
}

output "database" {
  value = data.refarch_sizing.this.database
}

output "summary" {
  value = data.refarch_sizing.this.summary
}
