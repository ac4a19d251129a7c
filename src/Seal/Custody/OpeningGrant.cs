namespace Cinnabar.Seal.Custody;

/// <summary>An authorised opening: who, from when, until when (exclusive), by the device's wall clock.</summary>
internal sealed record OpeningGrant(string Id, string Officer, DateTimeOffset From, DateTimeOffset Until);
