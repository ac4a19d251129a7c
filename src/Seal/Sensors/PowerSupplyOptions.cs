using System.Collections.Immutable;

namespace Cinnabar.Seal.Sensors;

/// <summary>Mains and battery as the kernel's <c>power_supply</c> class shows them.</summary>
internal sealed record PowerSupplyOptions
{
    /// <summary>Folder of the mains supply, for instance <c>/sys/class/power_supply/AC</c>; null when there is none.</summary>
    public string? MainsFolder { get; init; }

    /// <summary>Folder of the battery; null when there is none.</summary>
    public string? BatteryFolder { get; init; }

    /// <summary>How often both are read, 100 ms…60 s.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Every rule broken, each as one sentence; empty when valid.</summary>
    public ImmutableArray<string> Errors()
    {
        var errors = ImmutableArray.CreateBuilder<string>();
        if (MainsFolder is "" || BatteryFolder is "")
        {
            errors.Add("MainsFolder and BatteryFolder must name a folder or be null");
        }

        if (Interval < TimeSpan.FromMilliseconds(100) || Interval > TimeSpan.FromSeconds(60))
        {
            errors.Add($"Interval is {Interval.TotalMilliseconds} ms, allowed 100…60000 ms");
        }

        return errors.ToImmutable();
    }
}
