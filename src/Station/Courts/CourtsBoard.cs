using System.Collections.Concurrent;
using Cinnabar.Evidence.Checkpoints;
using Cinnabar.Evidence.Cosigning;
using Cinnabar.Ledger.Courts;
using Cinnabar.Ledger.Storage;
using Cinnabar.Station.Facts;

namespace Cinnabar.Station.Courts;

/// <summary>What this court knows of all courts: who was heard when, who vouched for what, which heads are final. Safe for concurrent use.</summary>
internal sealed class CourtsBoard(CourtSeat seat, HealthBoard health, TimeProvider time)
{
    /// <summary>The courts' name on the board of health.</summary>
    public const string Part = "courts";

    private readonly ConcurrentDictionary<string, DateTimeOffset> _heard = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _trouble = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, VouchedCheckpoint> _finals = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Origin, string Code), (long Size, long TimeSeconds)> _voices = new();
    private readonly ConcurrentDictionary<string, long> _sizes = new(StringComparer.Ordinal);

    /// <summary>The station's clock.</summary>
    public TimeProvider Time => time;

    /// <summary>Something on the courts' side changed: who is heard, who vouches, what is final.</summary>
    public event Action? Changed;

    /// <summary>A court answered or asked.</summary>
    public void Heard(string code) => _heard[code] = time.GetUtcNow();

    /// <summary>When a court was heard last, or null.</summary>
    public DateTimeOffset? HeardAt(string code) => _heard.TryGetValue(code, out var at) ? at : null;

    /// <summary>Why a court does not do what it should, in words; empty when it does.</summary>
    public void Trouble(string code, string sentence)
    {
        if (_trouble.GetValueOrDefault(code, "") != sentence)
        {
            _trouble[code] = sentence;
            Changed?.Invoke();
        }
    }

    /// <summary>Why a court does not do what it should; empty when it does.</summary>
    public string TroubleOf(string code) => _trouble.GetValueOrDefault(code, "");

    /// <summary>Takes a signed note of any log of the epoch. One that is not its owner's changes nothing.</summary>
    /// <returns>What it says, or null.</returns>
    public VouchedCheckpoint? TakeNote(ReadOnlyMemory<byte> note)
    {
        if (!SignedNote.TryParse(note.Span, out var parsed) || !Checkpoint.TryParse(parsed.Text, out var said)
            || seat.Courts.Verify(note.Span, said.Origin, out var vouched) != CheckpointVerdict.Valid)
        {
            return null;
        }

        Take(vouched!);
        return vouched;
    }

    /// <summary>Takes one court's voice for a head of a log; verified by the caller.</summary>
    public void TakeVoice(string origin, string code, long size, long timeSeconds)
    {
        _sizes.AddOrUpdate(origin, size, (_, known) => Math.Max(known, size));
        _voices.AddOrUpdate((origin, code), (size, timeSeconds), (_, known) => known.Size >= size ? known : (size, timeSeconds));
    }

    /// <summary>Takes a verified head with its voices.</summary>
    public void Take(VouchedCheckpoint vouched)
    {
        _sizes.AddOrUpdate(vouched.Checkpoint.Origin, vouched.Checkpoint.Size, (_, known) => Math.Max(known, vouched.Checkpoint.Size));
        foreach (var voice in vouched.Vouchers)
        {
            TakeVoice(vouched.Checkpoint.Origin, voice.Court.Code, vouched.Checkpoint.Size, voice.TimeSeconds);
        }

        if (!vouched.IsFinal)
        {
            return;
        }

        var newest = _finals.AddOrUpdate(
            vouched.Checkpoint.Origin, vouched, (_, known) => known.Checkpoint.Size >= vouched.Checkpoint.Size ? known : vouched);
        if (ReferenceEquals(newest, vouched))
        {
            Changed?.Invoke();
        }
    }

    /// <summary>The newest final head of a log that is known here, or null.</summary>
    public VouchedCheckpoint? FinalOf(string origin) => _finals.GetValueOrDefault(origin);

    /// <summary>The newest final heads of all logs.</summary>
    public IReadOnlyList<VouchedCheckpoint> Finals => [.. _finals.Values];

    /// <summary>Size of the largest head of a log that its owner signed and that is known here.</summary>
    public long SizeOf(string origin) => _sizes.GetValueOrDefault(origin);

    /// <summary>The largest head of a log that a court is known to have vouched for.</summary>
    public (long Size, DateTimeOffset At)? VoiceOf(string origin, string code) =>
        _voices.TryGetValue((origin, code), out var voice) ? (voice.Size, DateTimeOffset.FromUnixTimeSeconds(voice.TimeSeconds)) : null;

    /// <summary>Says that this court's own log is not what it should be.</summary>
    public void Alarm(string sentence) => health.Report("own log at other courts", HealthLevel.Failed, sentence);

    /// <summary>Keeps something that may be lost: a failure is told and nothing else.</summary>
    public void Keep(Action save)
    {
        try
        {
            save();
        }
        catch (LogStoreException e)
        {
            health.Report(Part, HealthLevel.Degraded, $"What other courts said cannot be kept: {e.Message}");
        }
    }
}
