using System.Collections.Immutable;
using System.Threading.Channels;

namespace Cinnabar.Station.Facts;

/// <summary>The first of the two feeds: what arrived and verified, in memory, before it is durable.</summary>
/// <remarks>
/// For what must not wait for the log, above all warnings. Followers are idempotent by statement hash, because a seal
/// sends again what was not acknowledged. A full follower slows the sender down; nothing is dropped.
/// </remarks>
internal sealed class ReceivedFeed
{
    private ImmutableArray<Channel<Signal>> _followers = [];

    /// <summary>Adds a follower; call it before the first signal is published, or miss some.</summary>
    /// <param name="capacity">Signals waiting before publishers wait.</param>
    public ChannelReader<Signal> Follow(int capacity = 65_536)
    {
        var channel = Channel.CreateBounded<Signal>(new BoundedChannelOptions(capacity) { SingleReader = true });
        ImmutableInterlocked.Update(ref _followers, followers => followers.Add(channel));
        return channel.Reader;
    }

    public async ValueTask PublishAsync(Signal signal, CancellationToken cancellationToken)
    {
        foreach (var follower in _followers)
        {
            if (!follower.Writer.TryWrite(signal))
            {
                await follower.Writer.WriteAsync(signal, cancellationToken);
            }
        }
    }
}
