namespace Cinnabar.Evidence.Verification;

/// <summary>How the dates along a device's chain are read. Source: docs/formats/statement.md, section 3; docs/formats/pack.md, section 4.</summary>
public static class DeviceClock
{
    /// <summary>
    /// Milliseconds by which a statement may be dated before one that stands ahead of it in the chain: 5000. A device dates
    /// what a sensor saw at the sensor's own edge and everything else at its signing, so what was signed between edge and
    /// signature is dated later. Anything more is a clock that was turned back.
    /// </summary>
    public const long ReorderingMsMax = 5_000;
}
