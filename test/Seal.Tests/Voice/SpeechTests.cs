using Cinnabar.Seal.Voice;

namespace Cinnabar.Seal.Tests.Voice;

/// <summary>The real espeak-ng.</summary>
public sealed class SpeechTests
{
    [Theory]
    [InlineData("zh", "警告：未经人民法院许可，毁损封条的，可处十万元以下罚款。")]
    [InlineData("en", "Warning. Whoever damages a seal may be fined.")]
    public void Text_BecomesSecondsOfSound(string language, string text)
    {
        using var device = new LoudspeakerFile();
        var clip = Synthesis(device).Synthesise("id", language, text);

        Assert.InRange(clip.Duration.TotalSeconds, 1.5, 20);
        Assert.Equal(30_000, clip.Samples.ToArray().Max(sample => Math.Abs((int)sample)));
    }

    [Fact]
    public void SecondSynthesis_ComesFromTheCache()
    {
        using var device = new LoudspeakerFile();
        var first = Synthesis(device).Synthesise("id", "en", "Hello.");
        var second = Synthesis(device, "/nowhere/espeak-ng").Synthesise("id", "en", "Hello.");

        Assert.Equal(first.Sha256, second.Sha256);
    }

    [Fact]
    public void TornCacheFile_IsMadeAgain()
    {
        using var device = new LoudspeakerFile();
        var first = Synthesis(device).Synthesise("id", "en", "Hello.");
        File.WriteAllBytes(Assert.Single(Directory.GetFiles(device.CacheFolder)), [1]);

        Assert.Equal(first.Sha256, Synthesis(device).Synthesise("id", "en", "Hello.").Sha256);
    }

    [Fact]
    public void MissingEspeak_SaysWhatToInstall()
    {
        using var device = new LoudspeakerFile();
        var error = Assert.Throws<IOException>(() => Synthesis(device, "/nowhere/espeak-ng").Synthesise("id", "en", "Hello."));

        Assert.Contains("install espeak-ng", error.Message);
    }

    [Fact]
    public void UnknownVoice_IsRefusedInItsOwnWords()
    {
        using var device = new LoudspeakerFile();
        var options = new SpeechOptions { CacheFolder = device.CacheFolder };
        options = options with { Voices = options.Voices.SetItem("en", "xyzzy") };

        Assert.Contains("xyzzy", Assert.Throws<IOException>(() => new SpeechSynthesis(options).Synthesise("id", "en", "Hi.")).Message);
    }

    [Theory]
    [InlineData("fr", "Bonjour.")]
    [InlineData("en", " ")]
    public void UnknownLanguageOrNoWords_IsRefused(string language, string text)
    {
        using var device = new LoudspeakerFile();

        Assert.Throws<ArgumentException>(() => Synthesis(device).Synthesise("id", language, text));
    }

    [Fact]
    public async Task StageThree_IsWrittenToTheDeviceSampleBySample()
    {
        using var device = new LoudspeakerFile();
        using var output = device.Started();
        var synthesis = Synthesis(device);
        var speaker = new Speaker(output, VoiceTexts.Shipped(), synthesis, ["en"]);
        Assert.False(speaker.Speak(3));
        speaker.Prepare(new DateOnly(2026, 3, 2));
        var text = VoiceTexts.Shipped().Find(3, "en", new DateOnly(2026, 3, 2))!;
        var expected = synthesis.Synthesise(text.Id, "en", text.Text);

        Assert.True(speaker.Speak(3));
        LoudspeakerFile.Until(() => device.Samples().Length > PcmClip.Rate, "a second was spoken");
        Assert.Equal(expected.Sha256, LoudspeakerFile.Next<AudioEvent.Started>(output).Clip.Sha256);
        Assert.Equal(expected.Samples[..PcmClip.Rate], device.Samples().AsSpan(0, PcmClip.Rate));

        // An officer's own words cut the recorded ones short.
        Assert.True(await speaker.SayAsync("Police.", "en"));
        Assert.False(LoudspeakerFile.Next<AudioEvent.Ended>(output).Complete);
        var talk = LoudspeakerFile.Next<AudioEvent.Ended>(output, ended => ended.Complete).Clip;
        Assert.Equal("talk", talk.Id);
        LoudspeakerFile.Until(() => device.Samples().AsSpan().IndexOf(talk.Samples) > 0, "the talk is on the device");
    }

    [Fact]
    public void OtherLanguages_AreSpokenOncePrepared_AndTheOldUntilThen()
    {
        using var device = new LoudspeakerFile();
        using var output = device.Started();
        var speaker = new Speaker(output, VoiceTexts.Shipped(), Synthesis(device), ["en"]);
        var (today, changes) = (new DateOnly(2026, 3, 2), 0);
        speaker.LanguagesChanged += () => changes++;
        speaker.Prepare(today);
        speaker.SpeakIn(["zh", "en"]);
        speaker.SpeakIn(["zh", "en"]);
        Assert.Equal(1, changes);

        Assert.True(speaker.Speak(1));
        Assert.Equal("approach-en-1", LoudspeakerFile.Next<AudioEvent.Started>(output).Clip.Id);
        speaker.StopVoice();
        speaker.Prepare(today);
        Assert.True(speaker.Speak(1));
        Assert.Equal("approach-zh-1", LoudspeakerFile.Next<AudioEvent.Started>(output).Clip.Id);

        speaker.SpeakIn(null);
        Assert.Equal(["en"], speaker.Languages);
    }

    [Theory]
    [InlineData("", "languages names none")]
    [InlineData("en en", "languages names one twice")]
    [InlineData("en fr", "languages: fr is not spoken here, only en zh")]
    [InlineData("zh en", null)]
    public void LanguagesThatCannotBeSpoken_AreRefusedWithASentence(string languages, string? sentence)
    {
        using var device = new LoudspeakerFile();
        using var output = new AudioOutput(device.Options, TimeProvider.System);
        var speaker = new Speaker(output, VoiceTexts.Shipped(), Synthesis(device), ["en"]);

        Assert.Equal(sentence, speaker.RefusalOf(languages.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
    }

    private static SpeechSynthesis Synthesis(LoudspeakerFile device, string program = "espeak-ng") =>
        new(new SpeechOptions { CacheFolder = device.CacheFolder, EspeakNg = program });
}
