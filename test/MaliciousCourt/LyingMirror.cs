using System.Globalization;
using System.Text;
using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Cosigning;
using Cinnabar.Evidence.Governance;
using Cinnabar.Ledger.Courts;
using Cinnabar.Ledger.Storage;

namespace Cinnabar.MaliciousCourt;

/// <summary>The court as mirror of the others: the real mirror, in memory, and what becomes of its answers.</summary>
internal sealed class LyingMirror : IDisposable
{
    private readonly CourtSeat _seat;
    private readonly Dictionary<string, Mirror> _mirrors;
    private readonly MemoryCourtMemory _memory = new();

    public LyingMirror(CourtSeat seat)
    {
        _seat = seat;
        _mirrors = seat.Others.ToDictionary(
            c => c.Origin, c => Mirror.Open(c, new MemoryLogStore(), seat, new Hearing(0), _memory), StringComparer.Ordinal);
    }

    /// <summary>The newest head of every log that is held, with its own lines: what it tells others.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Notes => [.. _mirrors.Values.Select(m => m.Status.Note).Where(n => !n.IsEmpty)];

    /// <summary>Status, held size and body of an answer to a push.</summary>
    public (int Status, long Held, string Body) Take(Lie lie, CourtMember owner, MirrorPush push, DateTimeOffset now)
    {
        if (lie == Lie.FalseSize)
        {
            return (409, push.OldSize + 1_000_000, string.Create(CultureInfo.InvariantCulture, $"{push.OldSize + 1_000_000}\n"));
        }

        var mirror = _mirrors[owner.Origin];
        var answer = mirror.Take(push, now);
        return answer.Verdict switch
        {
            MirrorVerdict.Cosigned => (200, answer.HeldSize, Encoding.UTF8.GetString(SignedNote.Encode("\n", Spoil(lie, owner, push, answer.Lines)))[2..]),
            MirrorVerdict.OtherSize => (409, answer.HeldSize, string.Create(CultureInfo.InvariantCulture, $"{answer.HeldSize}\n")),
            MirrorVerdict.Held => (202, answer.HeldSize, answer.Sentence + "\n"),
            MirrorVerdict.Frozen or MirrorVerdict.Sealed => (423, answer.HeldSize, answer.Sentence + "\n"),
            _ => (422, answer.HeldSize, answer.Sentence + "\n"),
        };
    }

    public void Dispose()
    {
        foreach (var mirror in _mirrors.Values)
        {
            mirror.Dispose();
        }

        _memory.Dispose();
    }

    private IReadOnlyList<NoteSignature> Spoil(Lie lie, CourtMember owner, MirrorPush push, IReadOnlyList<NoteSignature> lines) => lie switch
    {
        Lie.FalseCosignatures => [.. lines.Select(Flip)],
        Lie.OldCosignatures => _seat.Cosigner.Sign(new Checkpoint(owner.Origin, Math.Max(1, push.OldSize - 1), default), 1_767_225_600),
        Lie.StolenVoices => [.. Junk(), .. lines],
        _ => lines,
    };

    /// <summary>Two hundred lines in the names of everybody else, under keys that nobody has.</summary>
    private IEnumerable<NoteSignature> Junk() => Enumerable.Range(1, 200).Select(i =>
    {
        var others = _seat.Others.ToArray();
        return new NoteSignature(CosignerName.Of(others[i % others.Length].Origin, _seat.Epoch.Number), (uint)i, new byte[64]);
    });

    private static NoteSignature Flip(NoteSignature line)
    {
        var spoiled = line.Signature.ToArray();
        spoiled[^1] ^= 1;
        return line with { Signature = spoiled };
    }
}
