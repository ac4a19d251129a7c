using System.Diagnostics.CodeAnalysis;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Merkle;

namespace Cinnabar.Evidence.Governance;

/// <summary>Which courts watch each other, with which keys, and how many of them make an entry final, for one stretch of time.</summary>
/// <remarks>
/// A document of its own bytes, named by their hash; who agreed to it stands in <see cref="GovernanceLog"/>. Immutable, safe for
/// concurrent use. Source: docs/formats/governance.md.
/// </remarks>
public sealed class Epoch
{
    /// <summary>Most courts in one epoch: a final note of that many is still below <see cref="Checkpoints.SignedNote.LengthMax"/>.</summary>
    public const int CourtsMax = 100;

    private const long Version = 1;
    private const int RevokedMax = 10_000;

    private Epoch(ReadOnlySpan<byte> bytes, EpochDraft draft)
    {
        Bytes = bytes.ToArray();
        Hash = Digest.Of(bytes);
        Number = draft.Number;
        Previous = draft.Previous;
        Courts = draft.Courts;
        Quorum = new Quorum(draft.Courts.Count, draft.Liars);
        ClockMsMax = draft.ClockMsMax;
        RevokedKeys = draft.RevokedKeys;
        Logs = draft.Logs;
    }

    /// <summary>The document.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>SHA-256 of <see cref="Bytes"/>: the name of this set of courts and keys.</summary>
    public Digest Hash { get; }

    /// <summary>1, 2, 3 … without gaps.</summary>
    public long Number { get; }

    /// <summary>Hash of the epoch before; 32 zero bytes in epoch 1.</summary>
    public Digest Previous { get; }

    /// <summary>The courts, by the bytewise order of their origins.</summary>
    public IReadOnlyList<CourtMember> Courts { get; }

    /// <summary>n, f and q.</summary>
    public Quorum Quorum { get; }

    /// <summary>How far the time in a batch header may be from a mirror's clock, in milliseconds.</summary>
    public long ClockMsMax { get; }

    /// <summary>Thumbprints of keys whose statements no mirror takes any more, in ascending order.</summary>
    public IReadOnlyList<Digest> RevokedKeys { get; }

    /// <summary>Heads that logs of the epoch before ended with, by origin; none in epoch 1.</summary>
    public IReadOnlyList<LogTerminal> Logs { get; }

    /// <summary>The document of a draft.</summary>
    /// <exception cref="ArgumentException">The draft breaks a rule of docs/formats/governance.md, section 2.</exception>
    public static Epoch Of(EpochDraft draft) =>
        TryOf(draft, out var epoch, out var detail) ? epoch : throw new ArgumentException(detail, nameof(draft));

    /// <summary>The document of a draft that may break a rule.</summary>
    /// <param name="draft">Lists in any order.</param>
    /// <param name="epoch">Set when the answer is true.</param>
    /// <param name="detail">Which rule of docs/formats/governance.md, section 2, the draft breaks; empty when the answer is true.</param>
    public static bool TryOf(EpochDraft draft, [NotNullWhen(true)] out Epoch? epoch, out string detail)
    {
        ArgumentNullException.ThrowIfNull(draft);
        var sorted = draft with
        {
            Courts = [.. draft.Courts.OrderBy(c => c.Origin, StringComparer.Ordinal)],
            RevokedKeys = [.. draft.RevokedKeys.Order()],
            Logs = [.. draft.Logs.OrderBy(l => l.Origin, StringComparer.Ordinal)],
        };
        return TryParse(Encode(sorted), out epoch, out detail);
    }

    /// <summary>Reads a document and checks all that it can be checked for alone.</summary>
    /// <param name="bytes">Untrusted.</param>
    /// <param name="epoch">Set when the answer is true.</param>
    /// <param name="detail">What was wrong; empty when the answer is true.</param>
    public static bool TryParse(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out Epoch? epoch, out string detail)
    {
        epoch = null;
        try
        {
            var draft = Decode(CborValue.Decode(bytes));
            detail = Fault(draft);
            epoch = detail.Length == 0 ? new Epoch(bytes, draft) : null;
            return epoch is not null;
        }
        catch (FormatException refused)
        {
            detail = refused.Message;
            return false;
        }
    }

    /// <summary>The court whose log has this name, or null.</summary>
    public CourtMember? Find(string origin) => Courts.FirstOrDefault(c => c.Origin == origin);

    /// <summary>The head at which this epoch takes over a log, or null for a log that begins in it.</summary>
    public LogTerminal? TerminalOf(string origin) => Logs.FirstOrDefault(l => l.Origin == origin);

    private static byte[] Encode(EpochDraft draft) => CborValue.Map(
        ("version", CborValue.Integer(Version)), ("epoch", CborValue.Integer(draft.Number)), ("previous", CborValue.Bytes(draft.Previous)),
        ("courts", CborValue.Array([.. draft.Courts.Select(c => c.ToCbor())])),
        ("n", CborValue.Integer(draft.Courts.Count)), ("f", CborValue.Integer(draft.Liars)),
        ("q", CborValue.Integer(new Quorum(draft.Courts.Count, draft.Liars).Needed)),
        ("clock_ms", CborValue.Integer(draft.ClockMsMax)),
        ("revoked", CborValue.Array([.. draft.RevokedKeys.Select(CborValue.Bytes)])),
        ("logs", CborValue.Array([.. draft.Logs.Select(l => CborValue.Array(
            CborValue.Text(l.Origin), CborValue.Integer(l.Size), CborValue.Bytes(l.Root)))]))).Encode();

    private static EpochDraft Decode(CborValue value)
    {
        if (value.AsMap().Count != 10 || value["version"].AsInteger() != Version)
        {
            throw new FormatException("Not an epoch of version 1 with exactly ten members.");
        }

        var courts = value["courts"].AsArray();
        var draft = new EpochDraft
        {
            Number = value["epoch"].AsInteger(), Previous = value["previous"].AsDigest(),
            Courts = courts.Count is > 0 and <= CourtsMax
                ? [.. courts.Select(CourtMember.FromCbor)] : throw new FormatException($"An epoch has 1 to {CourtsMax} courts, not {courts.Count}."),
            Liars = value["f"].AsInteger() is >= 0 and < CourtsMax and var liars ? (int)liars : throw new FormatException("f is out of range."),
            ClockMsMax = value["clock_ms"].AsInteger(),
            RevokedKeys = [.. value["revoked"].AsArray().Select(k => k.AsDigest())], Logs = [.. value["logs"].AsArray().Select(Terminal)],
        };
        var quorum = new Quorum(draft.Courts.Count, draft.Liars);
        return value["n"].AsInteger() == quorum.Courts && value["q"].AsInteger() == quorum.Needed
            ? draft : throw new FormatException("n is not the number of courts, or q is not floor((n+f)/2)+1.");
    }

    private static LogTerminal Terminal(CborValue value) =>
        value.AsArray() is [var origin, var size, var root] && size.AsInteger() is >= 1 and <= MerkleTree.SizeMax
            ? new LogTerminal(origin.AsText(), size.AsInteger(), root.AsDigest())
            : throw new FormatException("A log's end is [origin, size, root].");

    private static string Fault(EpochDraft draft)
    {
        var keys = draft.Courts.SelectMany(c => c.KeyNames()).ToArray();
        return draft.Number < 1 || (draft.Number == 1) != draft.Previous.IsZero ? "Epoch 1 has no predecessor, every other one names it."
            : !new Quorum(draft.Courts.Count, draft.Liars).IsSound ? "f is smaller than floor((n-1)/3), or q courts do not exist."
            : draft.ClockMsMax is < 1_000 or > 86_400_000 ? "clock_ms is between a second and a day."
            : draft.Courts.Select(c => c.Fault()).FirstOrDefault(f => f.Length > 0) is { } fault ? fault
            : !Ascends(draft.Courts.Select(c => c.Origin)) ? "The courts are not in the order of their origins, each once."
            : draft.Courts.Select(c => c.Code).Distinct(StringComparer.Ordinal).Count() != draft.Courts.Count ? "A court code stands twice."
            : keys.Distinct().Count() != keys.Length ? "A key serves two courts or two roles."
            : draft.RevokedKeys.Count > RevokedMax || !draft.RevokedKeys.SequenceEqual(draft.RevokedKeys.Distinct().Order()) ? "The revoked keys are not in order, each once."
            : draft.Courts.SelectMany(c => c.Thumbprints()).Intersect(draft.RevokedKeys).Any() ? "A key of a court is revoked."
            : !Ascends(draft.Logs.Select(l => l.Origin)) ? "The logs are not in the order of their origins, each once."
            : draft.Number == 1 && draft.Logs.Count > 0 ? "Epoch 1 takes over no log."
            : "";
    }

    private static bool Ascends(IEnumerable<string> names) =>
        names.Zip(names.Skip(1)).All(pair => string.CompareOrdinal(pair.First, pair.Second) < 0);
}
