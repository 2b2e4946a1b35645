namespace Causeway.Harness.Local;

/// <summary>Which rendering of the workloads is run here.</summary>
public enum LocalRuntime
{
    /// <summary>What Helm renders for Kubernetes.</summary>
    Kubernetes,

    /// <summary>What Terraform plans for ECS.</summary>
    Ecs,
}
