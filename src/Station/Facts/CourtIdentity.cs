using Cinnabar.Evidence;

namespace Cinnabar.Station.Facts;

/// <summary>Which court this station is; written once by <c>cinnabar-station init</c> and fixed by the log's first entry.</summary>
/// <param name="Name">Name of the court, in its own language.</param>
/// <param name="NameEnglish">Name of the court in English.</param>
/// <param name="Code">Court code of its case numbers, such as 京0108.</param>
/// <param name="Origin">Name of its log, a schema-less URL (C2SP tlog-checkpoint).</param>
/// <param name="DutyPhone">Telephone of the duty desk, or null.</param>
/// <param name="Address">Address of the court for visitors, or null.</param>
internal sealed record CourtIdentity(string Name, string NameEnglish, string Code, string Origin, string? DutyPhone, string? Address)
{
    /// <summary>The court's name as pages show it.</summary>
    public BilingualText Title => new(Name, NameEnglish);

    public string CourtIssuer => $"court:{Code}";

    public string StationIssuer => $"station:{Code}";
}
