using Cinnabar.Evidence;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Seal.Journal;
using Cinnabar.Seal.Voice;

namespace Cinnabar.Seal.Reflex;

/// <summary>States what the loudspeaker really played, and when: that a warning was spoken must be provable.</summary>
internal sealed class VoiceLog(Speaker speaker, VoiceTexts texts, DoorReflex reflex, StatementChainWriter chain, SealLog log)
{
    private const string SirenClip = "siren";
    private static readonly TimeSpan s_signatureLimit = TimeSpan.FromSeconds(30);

    /// <summary>Custody asks for the voice with the very reading; longer than a stalled process would take is another cause.</summary>
    private static readonly TimeSpan s_answerLimit = TimeSpan.FromSeconds(2);

    /// <summary>Follows the player until it is disposed.</summary>
    public async Task RunAsync()
    {
        await foreach (var played in speaker.Events.ReadAllAsync())
        {
            switch (played)
            {
                case AudioEvent.Started started:
                    var episode = TextOf(started)?.Stage == 1 ? ApproachOf(started) : reflex.Episode;
                    episode?.Mark(started.Clip.Id == SirenClip ? EpisodeMark.Siren : EpisodeMark.Voice, started.At.Monotonic);
                    _ = StateAsync(started, episode);
                    break;
                case AudioEvent.Health health:
                    log.Say($"voice working={health.Working} detail=\"{health.Detail}\"");
                    if (!health.Working)
                    {
                        StateFault(health.Detail);
                    }

                    break;
            }
        }
    }

    /// <summary>The voice cannot do its duty.</summary>
    public void StateFault(string reason) => chain.State(
        "voice.fault",
        CborValue.Map(("level", CborValue.Integer(1)), ("part", CborValue.Text("voice")), ("reason", CborValue.Text(reason))),
        urgent: true);

    // An officer may have the greeting spoken too: then nobody's coming near is its trigger.
    private Episode? ApproachOf(AudioEvent.Started started) =>
        reflex.Approach is { } approach && started.Requested.Monotonic - approach.At.Monotonic < s_answerLimit ? approach : null;

    private VoiceText? TextOf(AudioEvent.Started started) => texts.All.FirstOrDefault(candidate => candidate.Id == started.Clip.Id);

    // Beside the loop: the next sound's moment must not wait for the signature of this one's trigger.
    private async Task StateAsync(AudioEvent.Started started, Episode? episode)
    {
        CborValue? trigger = null;
        if (episode is not null && await Task.WhenAny(episode.Signed, Task.Delay(s_signatureLimit)) == episode.Signed)
        {
            trigger = CborValue.Bytes((await episode.Signed).Hash);
        }

        var at = CborValue.Integer(started.At.Wall.ToUnixTimeMilliseconds());
        var loudness = CborValue.Integer(started.Loudness);
        if (started.Clip.Id == SirenClip)
        {
            chain.State("siren.on", CborValue.Map(("trigger", trigger), ("at", at), ("loudness", loudness)));
            return;
        }

        var text = TextOf(started);
        chain.State("voice.played", CborValue.Map(
            ("stage", CborValue.Integer(text?.Stage ?? 0)), ("language", CborValue.Text(text?.Language ?? "")), ("text", CborValue.Text(started.Clip.Id)),
            ("citations", CborValue.Array([.. (text?.Citations ?? []).Select(CborValue.Text)])),
            ("sound", Digest.TryParseHex(started.Clip.Sha256, out var sound) ? CborValue.Bytes(sound) : null),
            ("trigger", trigger), ("at", at), ("loudness", loudness)));
    }
}
