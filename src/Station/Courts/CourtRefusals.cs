using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Governance;
using Cinnabar.Ledger.Courts;
using Cinnabar.Station.Facts;
using Cinnabar.Station.Gateway;
using Microsoft.Extensions.Options;

namespace Cinnabar.Station.Courts;

/// <summary>Counts all that is refused to other courts and to strangers at their port, and states in the log what an auditor must see. Safe for concurrent use.</summary>
/// <remarks>Stated once, not for every repetition: a court that sends the same wrong thing each second must not fill this court's log.</remarks>
internal sealed class CourtRefusals(FactWriter writer, CourtIdentity court, IOptions<CourtsOptions> options, TimeProvider time)
{
    private const string Handshake = "courts port";

    private static readonly Meter s_meter = new("Cinnabar.Station.Courts");
    private static readonly Counter<long> s_refused = s_meter.CreateCounter<long>("cinnabar.courts.refused", "{refusal}");

    private readonly MinuteLimit _stated = new(options.Value.RefusalsStatedPerMinuteMax, time);
    private readonly MinuteLimit _refused = new(options.Value.RefusalsPerMinuteMax, time);
    private readonly ConcurrentDictionary<(string Who, string Path), string> _last = new();

    /// <summary>True when a court has been refused so often in this minute that it is not listened to before the next.</summary>
    public bool IsSpent(CourtMember from) => _refused.IsSpent(from.Code);

    /// <summary>A connection was closed because there were too many.</summary>
    public void Crowd() => Handshakes("crowd", "too many connections");

    /// <summary>Somebody without a court's key was refused in the handshake.</summary>
    /// <param name="shown">What he showed.</param>
    public void Stranger(string shown) => Handshakes("stranger", shown);

    /// <summary>A court's message was refused.</summary>
    /// <param name="path">Where it came.</param>
    /// <param name="reason">The rule: no text of the other court's making.</param>
    public void Refused(CourtMember from, string path, string reason)
    {
        Count("court");
        _refused.Admit(from.Code);
        var who = "court:" + from.Code;
        if (_last.GetValueOrDefault((who, path)) != reason && _stated.Admit(who))
        {
            _last[(who, path)] = reason;
            State(path, who, reason);
        }
    }

    /// <summary>A push was answered.</summary>
    public void Answered(CourtMember from, MirrorAnswer answer)
    {
        if (answer.Verdict is MirrorVerdict.Malformed or MirrorVerdict.NotTheOwners or MirrorVerdict.EntryRefused or MirrorVerdict.RootMismatch or MirrorVerdict.Frozen)
        {
            // Up to the colon a sentence names the entry and its rule; behind it may stand what the owner wrote.
            Refused(from, CourtLink.PushPath, answer.Verdict == MirrorVerdict.EntryRefused ? answer.Sentence.Split(':')[0] : answer.Verdict.ToString());
        }
    }

    private void Handshakes(string what, string who)
    {
        Count(what);

        // One share for all of them: keys and connections cost a stranger nothing.
        if (_stated.Admit(what))
        {
            State(Handshake, who, null);
        }
    }

    private void State(string path, string who, string? reason) => writer.Station("access.refused", court.Origin, CborValue.Map(
        ("path", CborValue.Text(path)), ("who", CborValue.Text(who)), ("reason", reason is null ? null : CborValue.Text(reason))));

    private static void Count(string what) => s_refused.Add(1, new KeyValuePair<string, object?>("what", what));
}
