namespace Cinnabar.Station.Notices;

/// <summary>Reason codes of attempts and reports. They stand in signed statements, so a code is never renamed.</summary>
internal static class DeliveryReason
{
    public const string Accepted = "accepted";
    public const string Queued = "queued";
    public const string TimedOut = "timeout";
    public const string NameUnknown = "name.unknown";
    public const string ConnectionFailed = "connection.failed";
    public const string CertificateUntrusted = "certificate.untrusted";
    public const string TlsMissing = "tls.missing";
    public const string PrivateAddress = "address.private";
    public const string ProviderBusy = "provider.busy";
    public const string ProviderFailed = "provider.failed";
    public const string ProtocolBroken = "protocol.broken";
    public const string CredentialsRefused = "credentials.refused";
    public const string RecipientRefused = "recipient.refused";
    public const string SenderRefused = "sender.refused";
    public const string RequestRefused = "request.refused";
    public const string Redirected = "redirected";
    public const string Delivered = "delivered";
    public const string Undelivered = "undelivered";
    public const string Buffered = "buffered";
    public const string NetworkAccepted = "network.accepted";
    public const string NetworkRefused = "network.refused";
    public const string ChannelMissing = "channel.missing";
}
