using Cinnabar.Evidence;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Merkle;
using Cinnabar.Evidence.Statements;
using Cinnabar.Ledger.Courts;
using Cinnabar.Ledger.Rules;
using Cinnabar.Shared;

namespace Cinnabar.Ledger.Tests.Courts;

/// <summary>The owner of a log who signs whatever a test asks for, also two histories.</summary>
internal sealed class SampleOwner
{
    private readonly SampleCourts _courts;
    private readonly int _court;
    private readonly List<ReadOnlyMemory<byte>> _entries = [];

    public SampleOwner(SampleCourts courts, int court = 0)
    {
        (_courts, _court) = (courts, court);
        _entries.Add(courts.Geneses[court].Bytes);
    }

    public int Size => _entries.Count;

    public long TimeMs { get; set; } = SampleLeague.TimeMs;

    /// <summary>One batch: its header and this many facts.</summary>
    public SampleOwner Batch(int facts, string mark = "")
    {
        var header = new BatchHeader(Size, _courts.First.Number, _courts.First.Hash, 0, default, TimeMs);
        Add(SampleCourts.State(_court, BatchHeader.Kind, header.ToBody(), TimeMs));
        for (var i = 0; i < facts; i++)
        {
            Add(SampleCourts.State(_court, "heartbeat.missed", CborValue.Map(("n", CborValue.Integer(Size)), ("mark", CborValue.Text(mark))), TimeMs));
        }

        return this;
    }

    public SampleOwner Add(Statement statement)
    {
        _entries.Add(statement.Bytes);
        return this;
    }

    /// <summary>Another history that begins with the same entries.</summary>
    public SampleOwner Fork(int size)
    {
        var other = new SampleOwner(_courts, _court) { TimeMs = TimeMs };
        other._entries.Clear();
        other._entries.AddRange(_entries.Take(size));
        return other;
    }

    public Digest RootAt(int size) => MerkleTree.Root([.. _entries.Take(size).Select(e => TreeHash.OfLeaf(e.Span))]);

    public Checkpoint HeadAt(int size) => new(SampleLeague.OriginOf(_court), size, RootAt(size));

    /// <summary>The signed head of a size.</summary>
    public byte[] NoteAt(int size) => new CheckpointSigner(SampleLeague.OriginOf(_court), SampleLeague.LogKey(_court)).Sign(size, RootAt(size));

    public MirrorPush Push(int from, int? to = null) => new(from, NoteAt(to ?? Size), [.. _entries.Take(to ?? Size).Skip(from)]);
}
