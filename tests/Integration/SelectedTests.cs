using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestFramework(typeof(Causeway.Integration.SelectedTests))]

namespace Causeway.Integration;

/// <summary>xUnit's own way to run tests, which tells beforehand what is run: a run that is about a cluster alone needs no platform on this machine.</summary>
public sealed class SelectedTests : XunitTestFramework
{
    /// <summary>Whether a test is selected that is not about a cluster.</summary>
    public static bool NeedPlatform { get; private set; } = true;

    protected override ITestFrameworkExecutor CreateExecutor(Assembly assembly) => new Executor(new XunitTestAssembly(assembly, configFilePath: null));

    private sealed class Executor(IXunitTestAssembly assembly) : XunitTestFrameworkExecutor(assembly)
    {
        public override ValueTask RunTestCases(
            IReadOnlyCollection<IXunitTestCase> testCases,
            IMessageSink executionMessageSink,
            ITestFrameworkExecutionOptions executionOptions,
            CancellationToken cancellationToken)
        {
            NeedPlatform = testCases.Any(one => one.TestClassNamespace != typeof(Clusters.InCluster).Namespace);

            return base.RunTestCases(testCases, executionMessageSink, executionOptions, cancellationToken);
        }
    }
}
