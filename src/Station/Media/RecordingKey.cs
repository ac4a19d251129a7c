namespace Cinnabar.Station.Media;

/// <summary>Names one run of one seal's encoder.</summary>
/// <param name="Device">Device id.</param>
/// <param name="Boot">Boot id, hexadecimal.</param>
/// <param name="Stream">Number of the run within the boot.</param>
internal sealed record RecordingKey(string Device, string Boot, long Stream)
{
    /// <summary>The name in URLs; device ids hold no tilde.</summary>
    public override string ToString() => $"{Device}~{Boot}~{Stream}";

    public static RecordingKey? TryParse(string text) =>
        text.Split('~') is [{ Length: > 0 } device, { Length: 16 } boot, var stream] && long.TryParse(stream, out var number)
            ? new RecordingKey(device, boot, number)
            : null;
}
