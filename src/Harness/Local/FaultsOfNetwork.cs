namespace Causeway.Harness.Local;

/// <summary>Which packets between two Deployments are lost.</summary>
public enum Cut
{
    /// <summary>All.</summary>
    BothWays,

    /// <summary>Those of the second to the first alone: what is asked arrives, and is done, and no answer comes.</summary>
    Answers,
}

/// <summary>What breaks between pods.</summary>
public sealed partial class Faults
{
    private const int DnsPort = 53;

    /// <summary>Cuts the network between two Deployments: packets are dropped, without an error to either side.</summary>
    public Task<Fault> DisconnectAsync(string from, string to, CancellationToken stop, Cut cut = Cut.BothWays) => DropAsync(
        $"{from} and {to} are cut off from each other", from, to, [], cut is Cut.BothWays, stop);

    /// <summary>Loses a part of the packets between two Deployments, in both directions, as a bad line does.</summary>
    /// <param name="share">Of each direction, from 0 to 1.</param>
    public Task<Fault> LoseAsync(string from, string to, double share, CancellationToken stop) => DropAsync(
        $"{share:P0} of the packets between {from} and {to} are lost",
        from,
        to,
        ["--match", "statistic", "--mode", "random", "--probability", $"{share}"],
        bothWays: true,
        stop);

    /// <summary>Lets a Deployment find no name any more: every question is refused. Connections that stand go on.</summary>
    public async Task<Fault> FailDnsAsync(string owner, CancellationToken stop)
    {
        var record = journal.Begin($"{owner} finds no names");
        var rules = new PacketRules(record);

        return await Fault.BeginAsync(record.RevertAsync, async () =>
        {
            foreach (var pod in await platform.PodsOfAsync(owner, stop))
            {
                foreach (var protocol in new[] { "udp", "tcp" })
                {
                    await rules.AddAsync(pod, ["OUTPUT", "--protocol", protocol, "--dport", $"{DnsPort}", "--jump", "REJECT"], stop);
                }
            }

            return new Fault(record.RevertAsync) { StopsPackets = true, StoppedPacketsAsync = rules.StoppedAsync };
        });
    }

    /// <summary>
    /// Delays every byte between two Deployments, in both directions: a proxy of ours stands between them. Connections that stand already are reset.
    /// </summary>
    /// <param name="delay">Added to each direction, so a round trip takes twice as much longer.</param>
    /// <param name="jitter">How much longer or shorter each delay may be.</param>
    public Task<Fault> DelayAsync(string from, string to, TimeSpan delay, CancellationToken stop, TimeSpan jitter = default) => ProxyAsync(
        $"{from} reaches {to} late", from, to, (host, address, port) => DelayProxy.Start(host, address, port, delay, jitter), stop);

    /// <summary>
    /// Answers a part of the HTTP requests of one Deployment to another in its place: a proxy of ours stands between them. Connections that stand already
    /// are reset.
    /// </summary>
    /// <param name="share">Of the requests, from 0 to 1.</param>
    /// <param name="seed">Of which ones.</param>
    public Task<Fault> AnswerAsync(string from, string to, double share, FaultyAnswer answer, int seed, CancellationToken stop) => ProxyAsync(
        $"{share:P0} of what {from} asks of {to} is answered {answer.Status}",
        from,
        to,
        (host, address, port) => HttpFaultProxy.Start(host, address, port, share, answer, seed),
        stop);

    private async Task<Fault> DropAsync(string what, string from, string to, string[] which, bool bothWays, CancellationToken stop)
    {
        var record = journal.Begin(what);
        var rules = new PacketRules(record);

        return await Fault.BeginAsync(record.RevertAsync, async () =>
        {
            foreach (var source in await platform.PodsOfAsync(from, stop))
            {
                foreach (var target in await platform.PodsOfAsync(to, stop))
                {
                    if (bothWays)
                    {
                        await rules.AddAsync(source, ["OUTPUT", "--destination", target.Address, .. which, "--jump", "DROP"], stop);
                    }

                    await rules.AddAsync(source, ["INPUT", "--source", target.Address, .. which, "--jump", "DROP"], stop);
                }
            }

            return new Fault(record.RevertAsync) { StopsPackets = true, StoppedPacketsAsync = rules.StoppedAsync };
        });
    }

    /// <param name="start">Starts a proxy at an address of this machine, to an address and port of a pod.</param>
    private async Task<Fault> ProxyAsync(string what, string from, string to, Func<string, string, int, IFaultProxy> start, CancellationToken stop)
    {
        var record = journal.Begin(what);
        var rules = new PacketRules(record);
        var proxies = new List<IFaultProxy>();
        var host = await platform.HostAddressAsync(stop);

        async Task UndoAsync()
        {
            await record.RevertAsync();
            proxies.ForEach(proxy => proxy.Dispose());
        }

        return await Fault.BeginAsync(UndoAsync, async () =>
        {
            var sources = await platform.PodsOfAsync(from, stop);

            foreach (var (target, port) in (await platform.PodsOfAsync(to, stop)).SelectMany(target => target.Ports.Select(port => (target, port))))
            {
                var proxy = start(host, target.Address, port);
                proxies.Add(proxy);

                foreach (var source in sources)
                {
                    string[] flow = ["OUTPUT", "--destination", target.Address, "--protocol", "tcp", "--dport", $"{port}"];
                    await rules.AddAsync(source, ["--table", "nat", .. flow, "--jump", "DNAT", "--to-destination", $"{host}:{proxy.Port}"], stop);
                    // New connections have the proxy's address by the time this rule sees them: only old ones match.
                    await rules.AddAsync(source, [.. flow, "--jump", "REJECT", "--reject-with", "tcp-reset"], stop);
                }
            }

            return new Fault(UndoAsync) { AnsweredRequests = () => proxies.Sum(proxy => proxy.Answered) };
        });
    }
}
