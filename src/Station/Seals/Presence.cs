namespace Cinnabar.Station.Seals;

/// <summary>What the link and heartbeats say of a seal; lives in memory only, because it is old after a restart.</summary>
internal sealed record Presence(bool Connected, DateTimeOffset? LastSeen, int? Battery, bool? Mains)
{
    public static Presence None { get; } = new(false, null, null, null);
}
