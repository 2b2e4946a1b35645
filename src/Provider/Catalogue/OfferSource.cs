namespace Causeway.Provider.Catalogue;

/// <summary>Where a part of the catalogue is from.</summary>
/// <param name="Date">The day it was read, such as <c>2026-11-27</c>.</param>
/// <param name="IsList">Taken from a list as a whole; otherwise written by hand, and sooner incomplete.</param>
/// <param name="From">The list, or what it was written after.</param>
/// <param name="Docs">The pages that tell what there is today.</param>
internal sealed record OfferSource(string Date, bool IsList, string From, IReadOnlyList<string> Docs);
