using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Cinnabar.Evidence;
using Cinnabar.Ledger.Anchors;

namespace Cinnabar.Station.Anchors;

/// <summary>The anchor chain; section "Anchors". Each engine has a section of its own below it.</summary>
internal sealed class AnchorsOptions : IValidatableObject
{
    /// <summary>Which engine: <c>sqlite</c>, <c>etcd</c>, <c>evm</c> or <c>none</c>. Default sqlite.</summary>
    public AnchorEngineKind Engine { get; set; } = AnchorEngineKind.Sqlite;

    /// <summary>Shortest time between two anchors. Default 500 ms: two a second.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan Spacing { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long an anchor may be owed before the engine counts as behind. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan BehindAfter { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an anchor that the engine took may stay unseen before the engine is set aside. Default 60 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How many courts must see other blocks before the engine is set aside: f + 1. Default 2.</summary>
    [Range(1, 100)]
    public int ContestingCourts { get; set; } = 2;

    /// <summary>Goes on by itself with an engine that was wiped, and raises the alarm all the same. Default no: a person looks first.</summary>
    public bool AdoptWiped { get; set; }

    /// <summary>Where to join a chain whose first records are gone: position, number, hash and identity of a block, from another court's page. None: at its first.</summary>
    public string JoinAt { get; set; } = "";

    /// <summary>What <see cref="JoinAt"/> says; null when there is none, or it is not one.</summary>
    public AnchorStart? ReadJoinAt() =>
        JoinAt.Split(' ', 4) is [var position, var number, var hash, { Length: > 0 } identity]
        && long.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
        && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var block)
        && Digest.TryParseHex(hash, out var digest)
            ? new AnchorStart(identity, at, block, digest)
            : null;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Enum.IsDefined(Engine)) yield return new ValidationResult("Anchors:Engine must be sqlite, etcd, evm or none.", [nameof(Engine)]);
        if (JoinAt.Length > 0 && ReadJoinAt() is null) yield return new ValidationResult("Anchors:JoinAt must be: POSITION NUMBER HASH IDENTITY.", [nameof(JoinAt)]);
    }
}
