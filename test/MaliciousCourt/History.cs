using Cinnabar.Evidence;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Cose;
using Cinnabar.Evidence.Governance;
using Cinnabar.Evidence.Merkle;
using Cinnabar.Evidence.Statements;
using Cinnabar.Ledger;
using Cinnabar.Ledger.Courts;
using Cinnabar.Ledger.Rules;

namespace Cinnabar.MaliciousCourt;

/// <summary>One of the histories that the court signs. In memory only: what lies in its data folder stays as it is. Used under the lock of its owner.</summary>
internal sealed class History
{
    private const int PushEntries = 1_000;
    private const int JunkLines = 255;

    private readonly CourtMember _self;
    private readonly Epoch _epoch;
    private readonly CourtKeys _keys;
    private readonly TimeProvider _time;
    private readonly List<ReadOnlyMemory<byte>> _entries;
    private readonly List<Digest> _leaves;
    private readonly Dictionary<int, byte[]> _notes = [];
    private readonly long _finalSize;
    private readonly Digest _finalRoot;

    public History(CourtMember self, Epoch epoch, CourtKeys keys, TimeProvider time, IEnumerable<ReadOnlyMemory<byte>> entries)
    {
        (_self, _epoch, _keys, _time) = (self, epoch, keys, time);
        _entries = [.. entries];
        _leaves = [.. _entries.Select(e => TreeHash.OfLeaf(e.Span))];

        // No header may name a smaller final head than the one before it: the court that stood here named one.
        foreach (var entry in _entries)
        {
            if (Statement.TryParse(entry.Span, out var statement, out _) == StatementVerdict.Valid && BatchHeader.TryRead(statement!, out var header))
            {
                (_finalSize, _finalRoot) = (header.FinalSize, header.FinalRoot);
            }
        }
    }

    public int Size => _entries.Count;

    public LogHead Head => new(Size, RootAt(Size), NoteAt(Size));

    /// <summary>True when junk stands under the heads that are signed from now on.</summary>
    public bool HasLongNotes { get; set; }

    /// <summary>Another history that begins with the same entries.</summary>
    public History Fork(int size) => new(_self, _epoch, _keys, _time, _entries.Take(size)) { HasLongNotes = HasLongNotes };

    /// <summary>One batch: its header and facts that the station states.</summary>
    public void Append(int facts, string mark)
    {
        var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        Add(State(_keys.Station, "station:" + _self.Code, BatchHeader.Kind, new BatchHeader(Size, _epoch.Number, _epoch.Hash, _finalSize, _finalRoot, now).ToBody(), now));
        for (var i = 0; i < facts; i++)
        {
            Add(State(_keys.Station, "station:" + _self.Code, "heartbeat.missed", CborValue.Map(("n", CborValue.Integer(Size)), ("mark", CborValue.Text(mark))), now));
        }
    }

    /// <summary>An entry of somebody for whom nothing in the log vouches.</summary>
    public void AppendStrangers(SigningKey key) =>
        Add(State(key, "device:stranger", "strip.cut", CborValue.EmptyMap, _time.GetUtcNow().ToUnixTimeMilliseconds()));

    public byte[] NoteAt(int size)
    {
        if (!_notes.TryGetValue(size, out var note))
        {
            note = new CheckpointSigner(_self.Origin, _keys.Log).Sign(size, RootAt(size));
            _notes.Add(size, HasLongNotes ? Lengthen(note) : note);
        }

        return note;
    }

    /// <summary>What leads a mirror on towards a head; the empty push that asks for its size when it holds something else.</summary>
    public MirrorPush Push(long held, int target)
    {
        if (held < 0 || held >= target)
        {
            return new MirrorPush(target, NoteAt(target), []);
        }

        var to = Math.Min((int)held + PushEntries, target);
        return new MirrorPush(held, NoteAt(to), [.. _entries.Skip((int)held).Take(to - (int)held)]);
    }

    private Digest RootAt(int size) => Frontier.Empty.Append(_leaves.ToArray().AsSpan(0, size)).Root;

    private void Add(Statement statement)
    {
        _entries.Add(statement.Bytes);
        _leaves.Add(TreeHash.OfLeaf(statement.Bytes.Span));
    }

    private Statement State(SigningKey key, string issuer, string kind, CborValue body, long now) => new StatementDraft
    {
        Issuer = issuer, Subject = _self.Origin, Kind = kind, TimeMs = now, Body = body,
    }.Sign(key);

    /// <summary>As many lines under the log's own name as a note may have, of which one is the signature.</summary>
    private byte[] Lengthen(byte[] note)
    {
        _ = SignedNote.TryParse(note, out var parsed);
        return SignedNote.Encode(parsed!.Text, [.. parsed.Signatures, .. Enumerable.Range(1, JunkLines).Select(i => new NoteSignature(_self.Origin, (uint)i, new byte[64]))]);
    }
}
