# What a description becomes. Nothing here needs a cluster.

mock_provider "helm" {}
mock_provider "kubernetes" {}

variables {
  context = { name = "dev" }
  argocd_bootstrap = {
    charts = { argocd = "9.1.4", apps = "2.0.2" }
    images = { argocd = "quay.io/argoproj/argocd:v3.2.1@sha256:0000000000000000000000000000000000000000000000000000000000000001", redis = "redis:8.2.2@sha256:0000000000000000000000000000000000000000000000000000000000000002" }
    root   = { repository = "https://github.com/example/platform", revision = "v1.0.0", path = "argocd/root" }
  }
}

run "nothing_of_argo_cd_is_open" {
  command = plan

  assert {
    condition = yamldecode(helm_release.argocd.values[0]).configs == {
      cm   = { "admin.enabled" = false, "exec.enabled" = false, "users.anonymous.enabled" = false }
      rbac = { "policy.default" = "", "policy.csv" = "" }
    }
    error_message = "Argo CD's settings are ${jsonencode(yamldecode(helm_release.argocd.values[0]).configs)}."
  }

  assert {
    condition     = yamldecode(helm_release.argocd.values[0]).global.networkPolicy == { create = true, defaultDenyIngress = true }
    error_message = "Argo CD can be reached by everything in the cluster."
  }

  assert {
    condition     = kubernetes_namespace_v1.this.metadata[0].labels["pod-security.kubernetes.io/enforce"] == "restricted"
    error_message = "The namespace admits more than the standard restricted."
  }
}

run "versions_are_exact_and_images_are_by_digest" {
  command = plan

  assert {
    condition     = helm_release.argocd.version == "9.1.4" && helm_release.root.version == "2.0.2"
    error_message = "The charts' versions are ${helm_release.argocd.version} and ${helm_release.root.version}."
  }

  assert {
    condition     = yamldecode(helm_release.argocd.values[0]).global.image == { repository = "quay.io/argoproj/argocd", tag = "v3.2.1@sha256:0000000000000000000000000000000000000000000000000000000000000001" }
    error_message = "The image is ${jsonencode(yamldecode(helm_release.argocd.values[0]).global.image)}."
  }
}

run "each_part_has_its_bounds_and_survives_the_loss_of_a_node" {
  command = plan

  assert {
    condition     = alltrue([for part in ["controller", "server", "repoServer", "applicationSet", "redis"] : can(yamldecode(helm_release.argocd.values[0])[part].resources.limits.memory)])
    error_message = "A part has no bound of memory."
  }

  assert {
    condition     = alltrue([for part in ["server", "repoServer", "applicationSet"] : yamldecode(helm_release.argocd.values[0])[part].replicas == 2 && yamldecode(helm_release.argocd.values[0])[part].pdb.enabled])
    error_message = "A part that can be doubled is not."
  }
}

run "the_default_project_is_emptied_and_the_root_project_takes_little" {
  command = plan

  assert {
    condition     = toset(keys(yamldecode(helm_release.root.values[0]).projects.default)) == toset(["additionalAnnotations", "description", "namespace"])
    error_message = "The default project is ${jsonencode(yamldecode(helm_release.root.values[0]).projects.default)}."
  }

  # Helm deletes a hook before it makes it again: only so the project that Argo CD has made is replaced.
  assert {
    condition     = yamldecode(helm_release.root.values[0]).projects.default.additionalAnnotations["helm.sh/hook-delete-policy"] == "before-hook-creation"
    error_message = "The project that Argo CD has made stays as it is."
  }

  assert {
    condition     = !strcontains(jsonencode(yamldecode(helm_release.root.values[0]).projects), "*") && yamldecode(helm_release.root.values[0]).projects.root.sourceRepos == ["https://github.com/example/platform"]
    error_message = "The projects are ${jsonencode(yamldecode(helm_release.root.values[0]).projects)}."
  }
}

run "the_root_application_is_kept_as_it_is_in_git" {
  command = plan

  assert {
    condition     = yamldecode(helm_release.root.values[0]).applications.root.source == { repoURL = "https://github.com/example/platform", targetRevision = "v1.0.0", path = "argocd/root" } && yamldecode(helm_release.root.values[0]).applications.root.project == "root"
    error_message = "The root application is ${jsonencode(yamldecode(helm_release.root.values[0]).applications.root)}."
  }

  assert {
    condition     = length(yamldecode(helm_release.root.values[0]).applications.root.finalizers) == (var.argocd_bootstrap.protected ? 0 : 1)
    error_message = "The end of the root application takes along ${jsonencode(yamldecode(helm_release.root.values[0]).applications.root.finalizers)}."
  }
}

run "facts_stand_on_the_clusters_secret" {
  command = plan

  variables {
    argocd_bootstrap = {
      charts    = { argocd = "9.1.4", apps = "2.0.2", repository = "oci://registry.example.com/charts" }
      images    = { argocd = "quay.io/argoproj/argocd:v3.2.1@sha256:0000000000000000000000000000000000000000000000000000000000000001", redis = "redis:8.2.2@sha256:0000000000000000000000000000000000000000000000000000000000000002" }
      root      = { repository = "https://github.com/example/platform", revision = "main", path = "argocd/root" }
      labels    = { environment = "dev" }
      facts     = { "causeway/vpc" = "vpc-0a1b2c3d4e5f60718" }
      protected = false
    }
  }

  assert {
    condition     = kubernetes_secret_v1.cluster.metadata[0].name == "dev-cluster" && kubernetes_secret_v1.cluster.metadata[0].annotations == tomap({ "causeway/vpc" = "vpc-0a1b2c3d4e5f60718" })
    error_message = "The secret is ${jsonencode(kubernetes_secret_v1.cluster.metadata)}."
  }

  assert {
    condition     = kubernetes_secret_v1.cluster.metadata[0].labels == tomap({ environment = "dev", "argocd.argoproj.io/secret-type" = "cluster" })
    error_message = "The secret's labels are ${jsonencode(kubernetes_secret_v1.cluster.metadata[0].labels)}."
  }

  assert {
    condition     = helm_release.argocd.repository == "oci://registry.example.com/charts" && yamldecode(helm_release.root.values[0]).applications.root.source.targetRevision == "main"
    error_message = "The charts come from ${helm_release.argocd.repository}, or the root is another revision."
  }
}
