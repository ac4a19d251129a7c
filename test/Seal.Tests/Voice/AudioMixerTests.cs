using Cinnabar.Seal.Voice;

namespace Cinnabar.Seal.Tests.Voice;

public sealed class AudioMixerTests
{
    private static readonly PcmClip Tone = Clip("siren", 1_000, 50);

    private readonly List<AudioEvent> _events = [];
    private readonly AudioMixer _mixer;

    public AudioMixerTests() => _mixer = new AudioMixer(Tone, new AudioOptions(), TimeProvider.System, _events.Add);

    [Fact]
    public void NothingAsked_IsSilence()
    {
        var frames = new short[] { 1, 2, 3 };

        Assert.Equal(0, _mixer.Mix(frames));
        Assert.Equal([0, 0, 0], frames);
    }

    [Fact]
    public void VoiceUnderSiren_DucksTheSiren()
    {
        _mixer.SetSiren(true);
        _mixer.Say(3, [Clip("v", 10, 2)]);
        var frames = new short[4];

        Assert.Equal(4, _mixer.Mix(frames));
        Assert.Equal([160, 160, 1_000, 1_000], frames);
    }

    [Fact]
    public void LoweredSirenAndVoice_KeepTheirProportion_AndSayHowLoudTheyWere()
    {
        _mixer.SetSiren(true, 40);
        _mixer.Say(3, [Clip("v", 100, 2)], 40);
        var frames = new short[4];
        _mixer.Mix(frames);
        _mixer.Written();

        Assert.Equal([100, 100, 400, 400], frames);
        Assert.Equal([("v", 40), ("siren", 40)], _events.OfType<AudioEvent.Started>().Select(started => (started.Clip.Id, started.Loudness)));
    }

    [Fact]
    public void SirenToldAnotherLoudnessWhileSounding_GoesOnAtIt()
    {
        _mixer.SetSiren(true);
        var frames = new short[2];
        _mixer.Mix(frames);
        _mixer.SetSiren(true, 20);
        _mixer.Mix(frames);
        _mixer.Written();

        Assert.Equal([200, 200], frames);
        Assert.Single(_events.OfType<AudioEvent.Started>());
    }

    [Fact]
    public void Loudness_DoesNotPassTheConfiguredLimit()
    {
        var mixer = new AudioMixer(Tone, new AudioOptions { SirenPercent = 30 }, TimeProvider.System, _ => { });
        mixer.SetSiren(true, 50);
        var frames = new short[1];
        mixer.Mix(frames);

        Assert.Equal(300, frames[0]);
    }

    [Fact]
    public void Clips_FollowOneAnotherAndEndComplete()
    {
        _mixer.Say(1, [Clip("zh", 1, 2), Clip("en", 2, 2)]);
        var frames = new short[6];

        Assert.Equal(4, _mixer.Mix(frames));
        _mixer.Written();
        Assert.Equal([1, 1, 2, 2, 0, 0], frames);
        Assert.Equal(["zh", "en"], _events.OfType<AudioEvent.Ended>().Where(ended => ended.Complete).Select(ended => ended.Clip.Id));
        Assert.Equal(["zh", "en"], _events.OfType<AudioEvent.Started>().Select(started => started.Clip.Id));
    }

    [Fact]
    public void SameOrLowerStageWhileSpeaking_IsRefused()
    {
        Assert.True(_mixer.Say(2, [Clip("two", 1, 9)]));
        Assert.False(_mixer.Say(2, [Clip("again", 1, 9)]));
        Assert.False(_mixer.Say(1, [Clip("one", 1, 9)]));
    }

    [Fact]
    public void HigherStage_CutsTheLowerShort()
    {
        _mixer.Say(2, [Clip("two", 1, 9)]);
        _mixer.Mix(new short[3]);
        _mixer.Say(3, [Clip("three", 3, 9)]);
        var frames = new short[2];
        _mixer.Mix(frames);

        Assert.Equal([3, 3], frames);
        var ended = Assert.Single(_events.OfType<AudioEvent.Ended>());
        Assert.Equal(("two", false), (ended.Clip.Id, ended.Complete));
    }

    [Fact]
    public void Talk_WaitsBehindTalkButNotForever()
    {
        var accepted = Enumerable.Range(0, 12).Count(_ => _mixer.Say(AudioMixer.TalkPriority, [Clip("talk", 1, 9)]));

        Assert.Equal(8, accepted);
    }

    [Fact]
    public void SumBeyondFullScale_IsClamped()
    {
        var mixer = new AudioMixer(Clip("siren", 32_000, 4), new AudioOptions { DuckedSirenPercent = 100 }, TimeProvider.System, _ => { });
        mixer.SetSiren(true);
        mixer.Say(1, [Clip("v", 32_000, 1)]);
        var frames = new short[1];
        mixer.Mix(frames);

        Assert.Equal(short.MaxValue, frames[0]);
    }

    private static PcmClip Clip(string id, short value, int length) =>
        new(id, [.. Enumerable.Repeat(value, length)]);
}
