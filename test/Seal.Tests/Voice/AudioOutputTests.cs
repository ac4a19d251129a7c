using System.Diagnostics;
using Cinnabar.Seal.Voice;

namespace Cinnabar.Seal.Tests.Voice;

/// <summary>The real aplay, writing to ALSA's file device.</summary>
public sealed class AudioOutputTests
{
    [Fact]
    public void SirenOn_ReachesTheDeviceAndIsTold()
    {
        using var device = new LoudspeakerFile();
        using var output = device.Started();
        output.SetSiren(true);

        var started = LoudspeakerFile.Next<AudioEvent.Started>(output);
        LoudspeakerFile.Until(() => device.Samples().Length > PcmClip.Rate / 2, "half a second of siren is written");
        Assert.Equal("siren", started.Clip.Id);
        Assert.True(started.Latency >= TimeSpan.Zero);
        Assert.Equal(SirenTone.Generate().Samples[..5_000], device.Samples().AsSpan(0, 5_000));
    }

    [Fact]
    public void SirenOff_StopsTheSound()
    {
        using var device = new LoudspeakerFile();
        using var output = device.Started();
        output.SetSiren(true);
        LoudspeakerFile.Until(() => device.Samples().Length > 5_000, "the siren sounds");
        output.SetSiren(false);

        // The silence that pushes out the last period is the end of it.
        LoudspeakerFile.Until(() => device.Samples() is [.., 0, 0, 0, 0], "silence follows");
        var length = device.Samples().Length;
        Assert.Equal("siren", LoudspeakerFile.Next<AudioEvent.Ended>(output).Clip.Id);
        output.Say(1, [Beep(4_410)]);
        LoudspeakerFile.Next<AudioEvent.Ended>(output, ended => ended.Complete);
        LoudspeakerFile.Until(() => device.Samples().AsSpan(length).IndexOf(Beep(4_410).Samples) >= 0, "the beep follows");
        Assert.True(device.Samples().AsSpan(length).IndexOf(SirenTone.Generate().Samples[..500]) < 0);
    }

    [Fact]
    public void TwoStarts_DoNotDouble()
    {
        using var device = new LoudspeakerFile();
        using var output = device.Started();
        output.SetSiren(true);
        output.SetSiren(true);
        LoudspeakerFile.Until(() => device.Samples().Length > 20_000, "the siren sounds");
        output.SetSiren(false);
        LoudspeakerFile.Next<AudioEvent.Ended>(output);

        Assert.Equal(SirenTone.Generate().Samples[..20_000], device.Samples().AsSpan(0, 20_000));
    }

    [Fact]
    public void SirenSounding_IsPacedByTheClock()
    {
        using var device = new LoudspeakerFile();
        using var output = device.Started();
        var watch = Stopwatch.StartNew();
        output.SetSiren(true);
        LoudspeakerFile.Until(() => device.Samples().Length > PcmClip.Rate, "a second of siren is written");

        // Not faster than sound: a null device would take minutes of it in a millisecond.
        Assert.True(device.Samples().Length <= (watch.Elapsed.TotalSeconds * PcmClip.Rate) + device.Options.LeadFrames);
    }

    [Fact]
    public void DeadPlayerWhileIdle_IsReplacedAndReported()
    {
        using var device = new LoudspeakerFile();
        using var output = device.Started();
        var first = output.PlayerProcessId!.Value;
        LoudspeakerFile.Next<AudioEvent.Health>(output, health => health.Working);
        Kill(first);

        var health = LoudspeakerFile.Next<AudioEvent.Health>(output, health => !health.Working);
        LoudspeakerFile.Until(() => output.PlayerProcessId is { } id && id != first, "another aplay waits");
        Assert.StartsWith("aplay ended", health.Detail);
        LoudspeakerFile.Next<AudioEvent.Health>(output, next => next.Working);
    }

    [Fact]
    public void DeadPlayerWhileTheSirenSounds_GoesOnWithAnother()
    {
        using var device = new LoudspeakerFile();
        using var output = device.Started();
        output.SetSiren(true);
        LoudspeakerFile.Until(() => device.Samples().Length > 15_000, "the siren sounds");
        var first = output.PlayerProcessId!.Value;

        // The old aplay goes on writing to the nameless file, so what is found under the name is the new one's.
        File.Delete(device.OutPath);
        Kill(first);

        LoudspeakerFile.Until(() => device.Samples() is { Length: > 5_000 } samples && samples.Any(sample => sample != 0), "it sounds again");
        Assert.NotEqual(first, output.PlayerProcessId);
    }

    [Fact]
    public void MissingPlayer_IsReportedOnceAndThrowsNothing()
    {
        using var device = new LoudspeakerFile();
        using var output = new AudioOutput(device.Options with { Aplay = "/nowhere/aplay" }, TimeProvider.System);
        output.Start();
        output.SetSiren(true);

        var health = LoudspeakerFile.Next<AudioEvent.Health>(output);
        Assert.False(health.Working);
        Assert.Contains("install alsa-utils", health.Detail);
    }

    [Fact]
    public void DeviceThatDoesNotExist_IsReportedWithAplaysOwnWords()
    {
        using var device = new LoudspeakerFile();
        using var output = new AudioOutput(device.Options with { Device = "nosuch" }, TimeProvider.System);
        output.Start();

        var health = LoudspeakerFile.Next<AudioEvent.Health>(output);
        Assert.False(health.Working);
        Assert.Contains("open", health.Detail);
    }

    [Fact]
    public void TriggerAfterDispose_IsIgnored()
    {
        using var device = new LoudspeakerFile();
        var output = device.Started();
        output.Dispose();

        output.SetSiren(true);
        Assert.True(output.Events.Completion.IsCompleted || output.Events.TryRead(out _));
    }

    [Fact]
    public void EveryWrongOption_IsReportedTogether()
    {
        var options = new AudioOptions { Device = "", PeriodFrames = 1, SirenPercent = 101 };

        Assert.Equal(
            [
                "Device must name an ALSA device",
                "PeriodFrames is 1, allowed 64…2205 frames",
                "SirenPercent is 101, allowed 0…100 %",
            ],
            options.Errors());
    }

    private static PcmClip Beep(int length) =>
        new("beep", [.. Enumerable.Range(0, length).Select(index => (short)((index % 100) + 1))]);

    private static void Kill(int id)
    {
        using var process = Process.GetProcessById(id);
        process.Kill();
    }
}
