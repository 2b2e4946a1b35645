using System.Text.RegularExpressions;
using k8s;
using k8s.Exceptions;
using k8s.KubeConfigModels;

namespace Causeway.Harness.Clusters;

/// <summary>The tool that made a cluster, if it is one that loads images into it.</summary>
public enum ClusterTool
{
    None,
    Kind,
    Minikube,
}

/// <summary>A context of a kubeconfig file: https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/.</summary>
/// <param name="Kubeconfig">Absolute path of the file.</param>
/// <param name="Name">The context's name.</param>
/// <param name="Cluster">Name of the cluster in the file.</param>
/// <param name="Tool">What made the cluster: kind names its contexts <c>kind-&lt;cluster&gt;</c>, minikube leaves a note at the cluster.</param>
/// <param name="ToolName">What the tool calls the cluster; empty without a tool.</param>
public sealed partial record KubeconfigContext(string Kubeconfig, string Name, string Cluster, ClusterTool Tool, string ToolName)
{
    private const string KindPrefix = "kind-";
    private const string MinikubeProvider = "minikube.sigs.k8s.io";

    /// <summary>Whether the context or its cluster is called as clusters are that people depend on.</summary>
    public bool SoundsLikeProduction => Production().IsMatch(Name) || Production().IsMatch(Cluster);

    /// <summary>A client of its API server.</summary>
    /// <exception cref="UsageException">The context cannot be used: its user has no credentials, for example.</exception>
    public IKubernetes Connect()
    {
        try
        {
            return new k8s.Kubernetes(KubernetesClientConfiguration.BuildConfigFromConfigFile(Kubeconfig, Name));
        }
        catch (KubeConfigException error)
        {
            throw new UsageException(
                $"Context {Name} of {Kubeconfig} cannot be used: {error.Message}",
                $"`kubectl --kubeconfig {Kubeconfig} --context {Name} get nodes` has to work.");
        }
    }

    /// <exception cref="UsageException">The file or the context does not exist, or the file is not a kubeconfig.</exception>
    public static KubeconfigContext Find(string kubeconfig, string? context)
    {
        var path = Path.GetFullPath(kubeconfig);

        if (!File.Exists(path))
        {
            throw new UsageException(
                $"There is no kubeconfig {path}.",
                "Name the file that `kubectl` uses for the cluster: ~/.kube/config, or what KUBECONFIG says. docs/clusters.md makes a cluster from nothing.");
        }

        var file = Load(path);
        var known = string.Join(", ", (file.Contexts ?? []).Select(one => one.Name));
        var name = context ?? file.CurrentContext;

        if (string.IsNullOrEmpty(name))
        {
            throw new UsageException($"{path} has no current context.", $"Choose one with --context: {(known is "" ? "the file has none" : known)}.");
        }

        var cluster = file.Contexts?.FirstOrDefault(one => one.Name == name)?.ContextDetails?.Cluster
            ?? throw new UsageException($"{path} has no context {name}.", $"Contexts: {(known is "" ? "none" : known)}.");
        var (tool, toolName) = ToolOf(file.Clusters?.FirstOrDefault(one => one.Name == cluster), name);

        return new KubeconfigContext(path, name, cluster, tool, toolName);
    }

    private static K8SConfiguration Load(string path)
    {
        try
        {
            return KubernetesClientConfiguration.LoadKubeConfig(path, useRelativePaths: false);
        }
        catch (Exception error) when (error is KubeConfigException or YamlDotNet.Core.YamlException)
        {
            throw new UsageException($"{path} is not a kubeconfig: {error.Message}", "`kubectl --kubeconfig <file> config view` reads one.");
        }
    }

    private static (ClusterTool, string) ToolOf(Cluster? cluster, string context)
    {
        var extensions = cluster?.ClusterEndpoint?.Extensions ?? [];
        var isMinikube = extensions.Any(one => one.Extension is IDictionary<object, object> note
            && note.TryGetValue("provider", out var provider) && provider is MinikubeProvider);

        // A profile of minikube is a cluster of that name.
        return isMinikube ? (ClusterTool.Minikube, cluster!.Name)
            : context.StartsWith(KindPrefix, StringComparison.Ordinal) ? (ClusterTool.Kind, context[KindPrefix.Length..])
            : (ClusterTool.None, "");
    }

    [GeneratedRegex("(^|[^a-z])(prod|prd|production|live)([^a-z]|$)", RegexOptions.IgnoreCase)]
    private static partial Regex Production();
}
