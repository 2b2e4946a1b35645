namespace Causeway.ServiceDefaults;

/// <summary>Whether the same request may succeed a little later.</summary>
public enum FaultKind
{
    /// <summary>Overload, a connection that broke, a conflict: tried again within the request's budget, then answered 503 with Retry-After.</summary>
    Passing,

    /// <summary>It fails every time until the program, its settings or the data change: never tried again, answered 500.</summary>
    Lasting,
}

/// <summary>
/// One dependency's faults, told apart in one place. What the table calls passing is answered 503 wherever it surfaces; everything else is a fault of this
/// service, logged with its stack trace and answered 500.
/// </summary>
public interface IFaultTable
{
    /// <summary>The dependency, as a client may read it in an answer.</summary>
    string Dependency { get; }

    /// <returns>Null for an exception that did not come from this dependency.</returns>
    FaultKind? KindOf(Exception fault);
}
