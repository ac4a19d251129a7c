namespace Cinnabar.Station.Console;

/// <summary>One event of the live feed.</summary>
/// <param name="Id">Start of the station and number, such as 18f2a-17: numbers of an earlier start mean nothing now.</param>
/// <param name="Json">The data, one line.</param>
/// <param name="Seal">The seal it is about; null for what is about the court.</param>
/// <param name="StaffOnly">Not for applicants, whatever the seal.</param>
internal sealed record ConsoleEvent(long Number, string Id, string Name, string Json, string? Seal, bool StaffOnly);
