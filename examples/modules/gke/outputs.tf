output "cluster_name" {
  description = "Name of the GKE cluster."
  value       = google_container_cluster.this.name
}

output "cluster_location" {
  description = "Region of the GKE cluster."
  value       = google_container_cluster.this.location
}

output "database_instance" {
  description = "Name of the Cloud SQL instance."
  value       = google_sql_database_instance.this.name
}

output "kubernetes" {
  description = "Where the Kubernetes and Helm providers reach the cluster."
  value = {
    host                   = "https://${google_container_cluster.this.endpoint}"
    cluster_ca_certificate = one([for auth in google_container_cluster.this.master_auth : base64decode(auth.cluster_ca_certificate)])
  }
}

# What modules/coder takes, under the names of its variables.

output "platform" {
  description = "What Coder has to know of the cluster."
  value = {
    scheduling = local.scheduling

    # GKE's own default class makes disks that n4 machines do not attach, and the
    # machines of a kind may take others than those of the rest.
    storage_class = {
      provisioner = "pd.csi.storage.gke.io"
      parameters  = { type = local.disk_types["workspace"] }
    }
    kind_storage_classes = {
      for name in setsubtract(var.workspace_pools, ["workspace"]) : name => {
        provisioner = "pd.csi.storage.gke.io"
        parameters  = { type = local.disk_types[name] }
      }
    }

    device_plugin = false # GKE runs its own

    load_balancer_annotations = {
      internal = { "networking.gke.io/load-balancer-type" = "Internal" }
      public   = {}
    }
  }

  depends_on = [google_container_node_pool.standing] # what makes disks runs there
}

output "node_pools" {
  description = "Names of the node pools that are always there. Whoever uses it waits for them, and goes before they do."
  value       = { for name, pool in google_container_node_pool.standing : name => pool.name }
}

output "database_url" {
  description = "Connection URL of the database, with its password."
  value       = local.database_url
  sensitive   = true
}
