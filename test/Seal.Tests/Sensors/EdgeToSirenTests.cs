using Cinnabar.Seal.Custody;
using Cinnabar.Seal.Sensors;
using Cinnabar.Seal.Tests.Voice;
using Cinnabar.Seal.Voice;

namespace Cinnabar.Seal.Tests.Sensors;

/// <summary>The whole local path: node, custody, loudspeaker. No network, no disk, nobody else.</summary>
public sealed class EdgeToSirenTests
{
    [Fact]
    public void StripCutAtTheNode_SoundsTheSiren()
    {
        using var device = new LoudspeakerFile();
        using var output = device.Started();
        using var node = new StandIn().WithPipe();
        var armed = Moment.Of(TimeProvider.System);
        var state = CustodyMachine.Decide(
            CustodyState.Initial,
            new Reading.Arm(armed, armed.Wall.AddDays(1)),
            new CustodySettings()).State;
        using var reader = new InputEventReader(new InputEventOptions { Path = node.Node }, TimeProvider.System, reading =>
        {
            var outcome = CustodyMachine.Decide(state, reading, new CustodySettings());
            state = outcome.State;
            output.SetSiren(outcome.Actions.Contains(new CustodyAction.StartSiren()));
            node.Emit(reading);
        });
        reader.Start();
        node.Feed(InputEventReaderTests.Event(InputMapping.Key, 0x2c0, 1));

        var started = LoudspeakerFile.Next<AudioEvent.Started>(output);
        Assert.Equal("siren", started.Clip.Id);
        Assert.True(started.At.Monotonic >= node.Next<Reading.Contact>().At.Monotonic);
        LoudspeakerFile.Until(() => device.Samples().Length > 1_000, "the siren is on the device");
    }
}
