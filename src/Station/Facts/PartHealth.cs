namespace Cinnabar.Station.Facts;

/// <summary>What one part of the station last said of itself.</summary>
/// <param name="Part">Name, such as <c>log</c>, <c>database</c>, <c>follower:media</c>.</param>
/// <param name="Level">How well it does.</param>
/// <param name="Detail">Why, for the person who must act; empty when all is well.</param>
/// <param name="Since">Station clock when it came to this level; for what is asked anew each time, now.</param>
internal sealed record PartHealth(string Part, HealthLevel Level, string Detail, DateTimeOffset Since)
{
    public const string Ok = "ok";

    /// <summary>"ok", or why not.</summary>
    public string Sentence => Level == HealthLevel.Good ? Ok : Detail;
}
