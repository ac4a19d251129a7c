using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace Cinnabar.Station.Media;

/// <summary>Relays live pictures, by seal, from the one lane that sends them to all who watch.</summary>
internal sealed class LiveHub(IOptions<MediaOptions> options)
{
    private readonly ConcurrentDictionary<string, LiveChannel> _channels = new(StringComparer.Ordinal);

    public LiveChannel Of(string sealNumber) => _channels.GetOrAdd(sealNumber, _ => new LiveChannel(options.Value));

    /// <summary>A manifest was sequenced; heeded where its stream is being shown.</summary>
    public void Vouch(string sealNumber, GopManifestBody manifest)
    {
        if (_channels.TryGetValue(sealNumber, out var channel))
        {
            channel.Vouch(manifest);
        }
    }
}
