namespace Cinnabar.Station.Packs;

/// <summary>A pack would be larger than the options allow; the message names the limit.</summary>
internal sealed class PackTooLargeException(string limit, long max, long found)
    : Exception($"The pack would have {found}, more than Packs:{limit} = {max} allows.");
