namespace Cinnabar.Seal.Custody;

/// <summary>The band last reported, so that a charge wavering around a limit is told once.</summary>
internal enum BatteryCharge
{
    Good,
    Low,
    Dead,
}
