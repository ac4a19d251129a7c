namespace Cinnabar.Station.Orders;

/// <summary>A permission was signed and is on its way to the seal.</summary>
/// <param name="Grant">Hash of its statement, hex.</param>
internal sealed record GrantGiven(string Grant);
