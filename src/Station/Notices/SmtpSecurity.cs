namespace Cinnabar.Station.Notices;

/// <summary>How the connection to the mail server is protected.</summary>
internal enum SmtpSecurity
{
    /// <summary>Plain text. Only for a relay on the same machine.</summary>
    None,

    /// <summary>Plain at first, then STARTTLS, which must succeed (RFC 3207).</summary>
    StartTls,

    /// <summary>TLS from the first byte (RFC 8314).</summary>
    Tls,
}
