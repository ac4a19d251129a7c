using Cinnabar.Seal.Custody;

namespace Cinnabar.Seal.Voice;

/// <summary>What the sound system did, for the caller to sign (<c>siren.on</c>, <c>voice.played</c>) or to report as health.</summary>
internal abstract record AudioEvent
{
    private AudioEvent(Moment at) => At = at;

    public Moment At { get; init; }

    /// <summary>
    /// The first samples of a sound were taken by the player. At a sound card they are heard within
    /// <see cref="AudioOptions.LeadFrames"/> of this moment, at once when nothing played before.
    /// </summary>
    /// <param name="Loudness">In % of full scale.</param>
    public sealed record Started(Moment At, PcmClip Clip, Moment Requested, int Loudness) : AudioEvent(At)
    {
        public TimeSpan Latency => At.Monotonic - Requested.Monotonic;
    }

    /// <summary>A sound ended: a voice to its last sample (<paramref name="Complete"/>) or cut short; the siren by its stop.</summary>
    public sealed record Ended(Moment At, PcmClip Clip, bool Complete) : AudioEvent(At);

    /// <summary>The player works again, or does not and why.</summary>
    public sealed record Health(Moment At, bool Working, string Detail) : AudioEvent(At);
}
