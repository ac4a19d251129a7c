namespace Cinnabar.Seal.Reflex;

/// <summary>Mains and battery as last read; null where nothing was read.</summary>
internal sealed record SupplyState(bool? Mains, int? BatteryPercent)
{
    public static SupplyState Unknown { get; } = new(null, null);
}
