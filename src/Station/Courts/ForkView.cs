namespace Cinnabar.Station.Courts;

/// <summary>Evidence that the owner of a log signed two histories.</summary>
/// <param name="FirstSize">Size of one head.</param>
/// <param name="SecondSize">Size of the other.</param>
/// <param name="FoundAt">When it was kept here.</param>
/// <param name="Hash">SHA-256 of the evidence file.</param>
internal sealed record ForkView(string Code, string Origin, long FirstSize, long SecondSize, DateTimeOffset FoundAt, string Hash);
