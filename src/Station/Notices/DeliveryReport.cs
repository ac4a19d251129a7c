namespace Cinnabar.Station.Notices;

/// <summary>What the phone network said later about a message that was handed off.</summary>
/// <param name="Key">The notice's key.</param>
/// <param name="Reason">One of <see cref="DeliveryReason"/>: delivered, undelivered, buffered, network.accepted, network.refused.</param>
/// <param name="ProviderId">The network's own id for the message; null when it gave none.</param>
internal sealed record DeliveryReport(string Key, string Reason, string? ProviderId)
{
    /// <summary>No later report can change this one.</summary>
    public bool IsFinal => Reason is DeliveryReason.Delivered or DeliveryReason.Undelivered or DeliveryReason.NetworkRefused;
}
