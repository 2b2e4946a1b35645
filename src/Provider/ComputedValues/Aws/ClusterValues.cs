using System.Text;
using Causeway.Provider.Values;

namespace Causeway.Provider.ComputedValues.Aws;

/// <summary>
/// What surrounds an EKS cluster. Versions of add-ons are of the right form; whether EKS offers them for a version of Kubernetes is not proven.
/// </summary>
internal static class ClusterValues
{
    // What a cluster gets that names no version; Traits/aws/eks.json says the same of the cluster itself.
    private const string Default = "1.35";

    public static Value AddOnVersion(Value config, ProviderContext context)
    {
        var name = config["addon_name"].AsText ?? "";
        var kubernetes = config["kubernetes_version"].AsText ?? "";
        var minor = int.TryParse(kubernetes.Split('.').ElementAtOrDefault(1), out var parsed) && kubernetes.StartsWith("1.", StringComparison.Ordinal)
            ? parsed
            : throw new RefusalException(
                $"reading EKS Add-On version info ({name}, {kubernetes}): InvalidParameterException: unsupported Kubernetes version",
                path: ["kubernetes_version"]);
        var build = config["most_recent"].AsBool is true ? 3 : 1;
        var version = name switch
        {
            "kube-proxy" => $"v{kubernetes}.{build}-eksbuild.{build}",
            "coredns" => minor >= 33 ? $"v1.12.{build + 1}-eksbuild.{build}" : $"v1.11.{build + 1}-eksbuild.{build}",
            "vpc-cni" => $"v1.20.{build}-eksbuild.1",
            "aws-ebs-csi-driver" => $"v1.5{build}.0-eksbuild.1",
            "aws-efs-csi-driver" => $"v2.1.{10 + build}-eksbuild.1",
            "eks-pod-identity-agent" => $"v1.3.{7 + build}-eksbuild.2",
            "metrics-server" => $"v0.8.0-eksbuild.{build}",
            _ => $"v1.{Derived.Bytes(name)[0] % 20}.{build}-eksbuild.1",
        };

        return Value.Object(("id", Value.Of(name)), ("region", Value.Of(Region.NameOf(config, context))), ("version", Value.Of(version)));
    }

    /// <summary>
    /// Versions of Kubernetes that EKS supports, the newest first, as of 2026-11: https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html.
    /// Which ones it supports today is not known here.
    /// </summary>
    public static Value Versions(Value config, ProviderContext context)
    {
        string[] asked = [.. config["cluster_versions_only"].Items.Select(item => item.AsText).OfType<string>()];
        (string Version, string Status)[] offered =
        [
            ("1.35", "STANDARD_SUPPORT"), ("1.34", "STANDARD_SUPPORT"), ("1.33", "EXTENDED_SUPPORT"), ("1.32", "EXTENDED_SUPPORT"),
        ];
        var found = offered
            .Where(one => asked is [] || asked.Contains(one.Version))
            .Where(one => config["default_only"].AsBool is not true || one.Version is Default)
            .Where(one => config["version_status"].AsText is null or "" || config["version_status"].AsText == one.Status);

        return Value.Object(
            ("region", Value.Of(Region.NameOf(config, context))),
            ("cluster_versions", Value.List(found.Select(one => Value.Object(
                ("cluster_type", Value.Of("eks")), ("cluster_version", Value.Of(one.Version)), ("default_version", Value.Of(one.Version is Default)),
                ("default_platform_version", Value.Of("eks.1")), ("version_status", Value.Of(one.Status)))))));
    }

    /// <summary>
    /// A token of the right form that opens nothing. The real one is a signed request and differs each time; this one does not, so that plans can be compared.
    /// </summary>
    public static Value Token(Value config, ProviderContext context)
    {
        var name = config["name"].AsText ?? "";
        var region = Region.NameOf(config, context);
        var request = $"https://sts.{region}.{context.DnsSuffix}/?Action=GetCallerIdentity&Version=2011-06-15&X-Amz-SignedHeaders=host%3Bx-k8s-aws-id" +
            $"&X-Amz-Signature={Derived.Hex(64, "token", name)}";

        return Value.Object(
            ("id", Value.Of(name)),
            ("region", Value.Of(region)),
            ("token", Value.Of($"k8s-aws-v1.{System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(request))}")));
    }
}
