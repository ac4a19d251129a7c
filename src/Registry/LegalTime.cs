namespace Cinnabar.Registry;

/// <summary>Between instants and legal dates: a legal date is a day of Asia/Shanghai, never an instant.</summary>
/// <remarks>
/// China has kept UTC+8 without daylight saving since 1991, which is older than every period in the tables, so that a
/// fixed offset is exact here. Source: domain.md 4, "Time".
/// </remarks>
public static class LegalTime
{
    /// <summary>UTC+8.</summary>
    public static TimeSpan Offset { get; } = TimeSpan.FromHours(8);

    /// <summary>The wall date in Asia/Shanghai at an instant.</summary>
    public static DateOnly DateOf(DateTimeOffset instant) => DateOnly.FromDateTime(instant.ToOffset(Offset).DateTime);

    /// <summary>The first instant after a day: 24:00 of it. A seal whose printed last day this is has effect until then.</summary>
    public static DateTimeOffset EndOf(DateOnly lastDay) => new(lastDay.AddDays(1).ToDateTime(TimeOnly.MinValue), Offset);
}
