using Causeway.Harness;

namespace Causeway.Build.Demonstration;

/// <summary>A change that must not be merged, and the command that refuses it.</summary>
/// <param name="Title">What the change is, in words.</param>
/// <param name="Shown">The change as a person would describe it.</param>
/// <param name="Command">The arguments of <c>./causeway</c>.</param>
/// <param name="Refusal">What the command says of it, among other things.</param>
/// <param name="MakeAsync">Makes the change in a copy of the repository.</param>
internal sealed record Scene(string Title, string Shown, string[] Command, string Refusal, Func<Repository, CancellationToken, Task> MakeAsync)
{
    /// <summary>One of each kind: Terraform, Argo CD, a document.</summary>
    public static IReadOnlyList<Scene> All { get; } =
    [
        new(
            "A port for debugging is opened to the world",
            "terraform/stacks/aws/workload/ecs.tf: a rule that lets 0.0.0.0/0 reach port 22 of the instances",
            ["plan", "dev", "workload", "--against", "HEAD"],
            "NET-1",
            (copy, stop) => File.AppendAllTextAsync(copy.PathTo("terraform", "stacks", "aws", "workload", "ecs.tf"), """

                resource "aws_vpc_security_group_ingress_rule" "debugging" {
                  count = length(data.aws_security_group.instances)

                  security_group_id = data.aws_security_group.instances[0].id
                  description       = "For debugging"
                  cidr_ipv4         = "0.0.0.0/0"
                  ip_protocol       = "tcp"
                  from_port         = 22
                  to_port           = 22
                }

                """, stop)),
        new(
            "A folder that an ApplicationSet reads is renamed",
            "terraform/envs/staging/releases → terraform/envs/staging/versions",
            ["diff", "HEAD"],
            "vanish",
            (copy, _) =>
            {
                Directory.Move(copy.PathTo("terraform", "envs", "staging", "releases"), copy.PathTo("terraform", "envs", "staging", "versions"));

                return Task.CompletedTask;
            }),
        new(
            "A fact of an environment is misspelt",
            "terraform/envs/staging/env.yaml: `intervall` for `interval`",
            ["plan", "staging"],
            "intervall",
            (copy, stop) => ReplaceAsync(copy.PathTo("terraform", "envs", "staging", "env.yaml"), "    interval: ", "    intervall: ", stop)),
    ];

    private static async Task ReplaceAsync(string file, string from, string to, CancellationToken stop)
    {
        var text = await File.ReadAllTextAsync(file, stop);

        await File.WriteAllTextAsync(
            file,
            text.Contains(from, StringComparison.Ordinal)
                ? text.Replace(from, to, StringComparison.Ordinal)
                : throw new PlatformException($"{file} has no `{from.Trim()}`, which the demonstration misspells.", "Correct build/Demonstration/Scene.cs."),
            stop);
    }
}
