using System.Collections.Immutable;

namespace Cinnabar.Seal.Sensors;

/// <summary>
/// How the samples lie in an IIO buffer: the enabled channels in the order of their index, each at a
/// multiple of its own size, the whole padded to its largest.
/// </summary>
internal sealed class ScanLayout
{
    public const string TimeStamp = "in_timestamp";

    private readonly ImmutableDictionary<string, (ScanChannel Channel, int Offset)> _channels;

    private ScanLayout(IEnumerable<(string Name, int Index, ScanChannel Channel)> enabled)
    {
        var channels = ImmutableDictionary.CreateBuilder<string, (ScanChannel, int)>(StringComparer.Ordinal);
        var offset = 0;
        var largest = 1;
        foreach (var (name, _, channel) in enabled.OrderBy(element => element.Index))
        {
            offset = Aligned(offset, channel.StorageBytes);
            channels[name] = (channel, offset);
            offset += channel.StorageBytes;
            largest = Math.Max(largest, channel.StorageBytes);
        }

        _channels = channels.ToImmutable();
        Size = Aligned(offset, largest);
    }

    /// <summary>Bytes of one scan.</summary>
    public int Size { get; }

    /// <summary>Reads the enabled channels of a <c>scan_elements</c> folder.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="InvalidDataException">A type is not understood, or one of the needed channels is not enabled.</exception>
    public static ScanLayout Read(string folder, params ReadOnlySpan<string> needed)
    {
        var enabled = new List<(string, int, ScanChannel)>();
        foreach (var file in Directory.GetFiles(folder, "*_en"))
        {
            if (Sysfs.ReadText(file) == "1")
            {
                var stem = file[..^"_en".Length];
                var index = (int)Math.Clamp(Sysfs.ReadNumber(stem + "_index"), 0, 255);
                enabled.Add((Path.GetFileName(stem), index, ScanChannel.Parse(Sysfs.ReadText(stem + "_type"))));
            }
        }

        var layout = new ScanLayout(enabled);
        foreach (var name in needed)
        {
            if (!layout._channels.ContainsKey(name))
            {
                throw new InvalidDataException($"channel {name} is not enabled");
            }
        }

        return layout;
    }

    /// <summary>The raw value of a channel in this scan, or null when it is not enabled.</summary>
    public long? Value(string name, ReadOnlySpan<byte> scan) =>
        _channels.TryGetValue(name, out var found) ? found.Channel.Read(scan[found.Offset..]) : null;

    private static int Aligned(int offset, int size) => (offset + size - 1) / size * size;
}
