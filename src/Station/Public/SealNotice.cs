using System.Globalization;
using Cinnabar.Evidence;
using Cinnabar.Registry.Periods;
using Cinnabar.Registry.States;
using Cinnabar.Registry.Statutes;
using Cinnabar.Station.Facts;
using Cinnabar.Station.Seals;

namespace Cinnabar.Station.Public;

/// <summary>A seal in words, for the page behind its code and for the sheet beside it. Holds no personal data.</summary>
/// <remarks>Public because Razor makes its components public.</remarks>
public sealed class SealNotice
{
    private readonly SealState _seal;
    private readonly CourtIdentity _court;
    private readonly NoticeFacts _facts;

    internal SealNotice(SealState seal, CourtIdentity court)
    {
        (_seal, _court) = (seal, court);
        _facts = new NoticeFacts(
            new BilingualText(court.Name, court.NameEnglish), seal.CaseNumber, seal.SealNumber, seal.Category, seal.From, seal.Until, court.DutyPhone);
    }

    /// <summary>Printed number.</summary>
    public string SealNumber => _seal.SealNumber;

    /// <summary>Case number in its normal spelling.</summary>
    public string CaseNumber => _seal.CaseNumber;

    /// <summary>Name of the court.</summary>
    public BilingualText Court => _facts.Court;

    /// <summary>Duty telephone, or null.</summary>
    public string? Phone => _court.DutyPhone;

    /// <summary>Where the court is, or null.</summary>
    public string? CourtAddress => _court.Address;

    /// <summary>SHA-256 of the posted ruling, hex, or null.</summary>
    public string? RulingHash => _seal.Ruling?.Hash;

    /// <summary>First day, yyyy-MM-dd.</summary>
    public string From => Day(_seal.From);

    /// <summary>Last day, yyyy-MM-dd.</summary>
    public string Until => Day(_seal.Until);

    /// <summary>Whether the sealing has legal effect.</summary>
    public bool IsInForce => _seal.Legal is { } legal && LegalStates.IsInForce(legal);

    /// <summary>What is sealed.</summary>
    public BilingualText Category => PeriodTable.Find(_seal.Category, _seal.From)?.Name ?? new BilingualText("财产", "Property");

    /// <summary>P4: after its end nothing here calls it sealed.</summary>
    public BilingualText State => _seal.Legal switch
    {
        LegalState.Armed => new("查封中，封条正在监测", "Sealed; the seal is watching"),
        LegalState.Suspended => new("查封中，监测由法院临时中止", "Sealed; watching is interrupted by the court"),
        LegalState.Lapsed => new("期限已届满，查封效力消灭", "The period has ended; the sealing has no effect any more"),
        LegalState.Lifted => new("查封已解除", "The sealing has been lifted"),
        LegalState.Removed => new("查封已结束，封条已拆除", "The sealing has ended and the seal has been removed"),
        _ => new("已裁定查封，封条尚未启用", "Sealed by ruling; the seal is not watching yet"),
    };

    /// <summary>The text of a part, or null when no table has one for the day of this seal.</summary>
    public BilingualText? Part(NoticePart part) => NoticeTable.Compose(part, _facts);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
