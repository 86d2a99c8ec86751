resource "random_password" "database" {
  length  = 32
  special = false # it stands in a URL
}

# A final snapshot keeps its name when the database is gone.
resource "random_id" "database" {
  byte_length = 3
}

resource "aws_db_subnet_group" "this" {
  name_prefix = "${var.name}-"
  subnet_ids  = [for subnet in aws_subnet.private : subnet.id]
}

resource "aws_security_group" "database" {
  name_prefix = "${var.name}-database-"
  description = "PostgreSQL, from the nodes of ${var.name} only"
  vpc_id      = aws_vpc.this.id

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_ingress_rule" "database" {
  security_group_id            = aws_security_group.database.id
  referenced_security_group_id = aws_eks_cluster.this.vpc_config[0].cluster_security_group_id
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432
}

resource "aws_db_parameter_group" "this" {
  name_prefix = "${var.name}-"
  family      = "postgres${var.postgres_version}"

  parameter {
    name  = "rds.force_ssl"
    value = "1"
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_db_instance" "this" {
  identifier     = var.name
  engine         = "postgres"
  engine_version = tostring(var.postgres_version)

  allow_major_version_upgrade = true # of postgres_version, when you raise it

  instance_class = var.sizing.database.sku
  multi_az       = var.sizing.database.high_availability

  # Where the disk begins, and the ceiling that it grows to; the provider leaves
  # a disk alone that has grown in between.
  storage_type          = "gp3"
  allocated_storage     = var.sizing.database.storage_gb
  max_allocated_storage = var.sizing.database.max_storage_gb
  storage_encrypted     = true # by the account's key for RDS: snapshots outlive this module's own

  db_name              = "coder"
  username             = "coder"
  password             = random_password.database.result
  parameter_group_name = aws_db_parameter_group.this.name

  publicly_accessible    = false
  db_subnet_group_name   = aws_db_subnet_group.this.name
  vpc_security_group_ids = [aws_security_group.database.id]

  backup_retention_period = 14
  backup_window           = "03:00-04:00"
  maintenance_window      = "sun:04:30-sun:05:30"
  copy_tags_to_snapshot   = true

  # What the plan shows happens at apply, not in the next maintenance window.
  apply_immediately = true

  deletion_protection       = var.deletion_protection
  skip_final_snapshot       = false
  final_snapshot_identifier = "${var.name}-final-${random_id.database.hex}"
}

locals {
  database_url = "postgres://${aws_db_instance.this.username}:${random_password.database.result}@${aws_db_instance.this.address}:5432/${aws_db_instance.this.db_name}?sslmode=require"
}
