namespace Cinnabar.Station.Notices;

/// <summary>The answer to one attempt on one channel.</summary>
/// <param name="Reason">One of <see cref="DeliveryReason"/>.</param>
/// <param name="ProviderId">The provider's own id for the message, as it gave it; null when it gave none.</param>
internal readonly record struct DeliveryResult(DeliveryOutcome Outcome, string Reason, string? ProviderId = null)
{
    public static DeliveryResult HandedOff(string reason, string? providerId = null) => new(DeliveryOutcome.HandedOff, reason, providerId);

    public static DeliveryResult Refused(string reason) => new(DeliveryOutcome.Refused, reason);

    public static DeliveryResult Unreachable(string reason) => new(DeliveryOutcome.Unreachable, reason);

    public static DeliveryResult TimedOut { get; } = new(DeliveryOutcome.TimedOut, DeliveryReason.TimedOut);
}
