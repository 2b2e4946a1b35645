# One run for each validation of variables.tf, and for each way to break it that is a case of its own.

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

run "a_name_of_capitals_is_refused" {
  command         = plan
  expect_failures = [var.context]

  variables {
    context = { name = "Dev" }
  }
}

run "a_range_of_versions_is_refused" {
  command         = plan
  expect_failures = [var.argocd_bootstrap]

  variables {
    argocd_bootstrap = {
      charts = { argocd = "~> 9.1", apps = "2.0.2" }
      images = { argocd = "quay.io/argoproj/argocd:v3.2.1@sha256:0000000000000000000000000000000000000000000000000000000000000001", redis = "redis:8.2.2@sha256:0000000000000000000000000000000000000000000000000000000000000002" }
      root   = { repository = "https://github.com/example/platform", revision = "v1.0.0", path = "argocd/root" }
    }
  }
}

run "charts_without_encryption_are_refused" {
  command         = plan
  expect_failures = [var.argocd_bootstrap]

  variables {
    argocd_bootstrap = {
      charts = { argocd = "9.1.4", apps = "2.0.2", repository = "http://charts.example.com" }
      images = { argocd = "quay.io/argoproj/argocd:v3.2.1@sha256:0000000000000000000000000000000000000000000000000000000000000001", redis = "redis:8.2.2@sha256:0000000000000000000000000000000000000000000000000000000000000002" }
      root   = { repository = "https://github.com/example/platform", revision = "v1.0.0", path = "argocd/root" }
    }
  }
}

run "an_image_without_a_digest_is_refused" {
  command         = plan
  expect_failures = [var.argocd_bootstrap]

  variables {
    argocd_bootstrap = {
      charts = { argocd = "9.1.4", apps = "2.0.2" }
      images = { argocd = "quay.io/argoproj/argocd:v3.2.1", redis = "redis:8.2.2@sha256:0000000000000000000000000000000000000000000000000000000000000002" }
      root   = { repository = "https://github.com/example/platform", revision = "v1.0.0", path = "argocd/root" }
    }
  }
}

run "an_image_without_a_tag_is_refused" {
  command         = plan
  expect_failures = [var.argocd_bootstrap]

  variables {
    argocd_bootstrap = {
      charts = { argocd = "9.1.4", apps = "2.0.2" }
      images = { argocd = "quay.io/argoproj/argocd@sha256:0000000000000000000000000000000000000000000000000000000000000001", redis = "redis:8.2.2@sha256:0000000000000000000000000000000000000000000000000000000000000002" }
      root   = { repository = "https://github.com/example/platform", revision = "v1.0.0", path = "argocd/root" }
    }
  }
}

run "every_repository_is_refused" {
  command         = plan
  expect_failures = [var.argocd_bootstrap]

  variables {
    argocd_bootstrap = {
      charts = { argocd = "9.1.4", apps = "2.0.2" }
      images = { argocd = "quay.io/argoproj/argocd:v3.2.1@sha256:0000000000000000000000000000000000000000000000000000000000000001", redis = "redis:8.2.2@sha256:0000000000000000000000000000000000000000000000000000000000000002" }
      root   = { repository = "*", revision = "v1.0.0", path = "argocd/root" }
    }
  }
}

run "a_path_out_of_the_repository_is_refused" {
  command         = plan
  expect_failures = [var.argocd_bootstrap]

  variables {
    argocd_bootstrap = {
      charts = { argocd = "9.1.4", apps = "2.0.2" }
      images = { argocd = "quay.io/argoproj/argocd:v3.2.1@sha256:0000000000000000000000000000000000000000000000000000000000000001", redis = "redis:8.2.2@sha256:0000000000000000000000000000000000000000000000000000000000000002" }
      root   = { repository = "https://github.com/example/platform", revision = "v1.0.0", path = "argocd/../.." }
    }
  }
}

run "head_is_refused" {
  command         = plan
  expect_failures = [var.argocd_bootstrap]

  variables {
    argocd_bootstrap = {
      charts    = { argocd = "9.1.4", apps = "2.0.2" }
      images    = { argocd = "quay.io/argoproj/argocd:v3.2.1@sha256:0000000000000000000000000000000000000000000000000000000000000001", redis = "redis:8.2.2@sha256:0000000000000000000000000000000000000000000000000000000000000002" }
      root      = { repository = "https://github.com/example/platform", revision = "HEAD", path = "argocd/root" }
      protected = false
    }
  }
}

run "a_branch_in_a_protected_environment_is_refused" {
  command         = plan
  expect_failures = [var.argocd_bootstrap]

  variables {
    argocd_bootstrap = {
      charts = { argocd = "9.1.4", apps = "2.0.2" }
      images = { argocd = "quay.io/argoproj/argocd:v3.2.1@sha256:0000000000000000000000000000000000000000000000000000000000000001", redis = "redis:8.2.2@sha256:0000000000000000000000000000000000000000000000000000000000000002" }
      root   = { repository = "https://github.com/example/platform", revision = "main", path = "argocd/root" }
    }
  }
}

run "a_fact_in_argo_cds_name_is_refused" {
  command         = plan
  expect_failures = [var.argocd_bootstrap]

  variables {
    argocd_bootstrap = {
      charts = { argocd = "9.1.4", apps = "2.0.2" }
      images = { argocd = "quay.io/argoproj/argocd:v3.2.1@sha256:0000000000000000000000000000000000000000000000000000000000000001", redis = "redis:8.2.2@sha256:0000000000000000000000000000000000000000000000000000000000000002" }
      root   = { repository = "https://github.com/example/platform", revision = "v1.0.0", path = "argocd/root" }
      facts  = { "argocd.argoproj.io/refresh" = "hard" }
    }
  }
}

run "a_fact_with_a_space_in_its_name_is_refused" {
  command         = plan
  expect_failures = [var.argocd_bootstrap]

  variables {
    argocd_bootstrap = {
      charts = { argocd = "9.1.4", apps = "2.0.2" }
      images = { argocd = "quay.io/argoproj/argocd:v3.2.1@sha256:0000000000000000000000000000000000000000000000000000000000000001", redis = "redis:8.2.2@sha256:0000000000000000000000000000000000000000000000000000000000000002" }
      root   = { repository = "https://github.com/example/platform", revision = "v1.0.0", path = "argocd/root" }
      facts  = { "the vpc" = "vpc-1" }
    }
  }
}

run "a_label_with_a_slash_in_its_value_is_refused" {
  command         = plan
  expect_failures = [var.argocd_bootstrap]

  variables {
    argocd_bootstrap = {
      charts = { argocd = "9.1.4", apps = "2.0.2" }
      images = { argocd = "quay.io/argoproj/argocd:v3.2.1@sha256:0000000000000000000000000000000000000000000000000000000000000001", redis = "redis:8.2.2@sha256:0000000000000000000000000000000000000000000000000000000000000002" }
      root   = { repository = "https://github.com/example/platform", revision = "v1.0.0", path = "argocd/root" }
      labels = { role = "arn:aws:iam::111122223333:role/dev" }
    }
  }
}
