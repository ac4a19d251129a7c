namespace Cinnabar.Station.Orders;

/// <summary>A ruling was filed.</summary>
/// <param name="Hash">SHA-256 of the file, hex.</param>
internal sealed record RulingFiled(string Hash);
