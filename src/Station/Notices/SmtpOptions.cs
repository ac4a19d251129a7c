using System.ComponentModel.DataAnnotations;

namespace Cinnabar.Station.Notices;

/// <summary>E-mail through the court's own mail server. Section <c>Notices:Email</c>; off without a host.</summary>
internal sealed class SmtpOptions : IValidatableObject
{
    /// <summary>Mail server. None: no e-mail.</summary>
    public string Host { get; set; } = "";

    /// <summary>Port. Default 587, mail submission (RFC 6409).</summary>
    [Range(1, 65535)]
    public int Port { get; set; } = 587;

    /// <summary>Default <see cref="SmtpSecurity.StartTls"/>: without TLS nothing is sent.</summary>
    public SmtpSecurity Security { get; set; } = SmtpSecurity.StartTls;

    /// <summary>PEM file with the certificate of the court's own authority, when the mail server's is signed by it. None: the system's trusted authorities.</summary>
    public string? AuthorityFile { get; set; }

    /// <summary>Account; empty: no authentication.</summary>
    public string UserName { get; set; } = "";

    /// <summary>Its password. Give it by environment variable or key file. Never logged, never sent over a connection without TLS.</summary>
    public string Password { get; set; } = "";

    /// <summary>Sender address.</summary>
    public string From { get; set; } = "";

    /// <summary>Longest time for one attempt, connection included. Default 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:00:25")]
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Attempts (and so connections) under way at once. Default 8.</summary>
    [Range(1, 128)]
    public int Parallelism { get; set; } = 8;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Host.Length == 0) yield break;
        if (!MimeKit.MailboxAddress.TryParse(From, out var sender) || !sender.Address.Contains('@', StringComparison.Ordinal)) yield return new ValidationResult("Notices:Email:From must be an e-mail address.", [nameof(From)]);
        if (UserName.Length > 0 && Security == SmtpSecurity.None) yield return new ValidationResult("Notices:Email would send the password in plain text: set Security to StartTls or Tls.", [nameof(Security)]);
        if (!Enum.IsDefined(Security)) yield return new ValidationResult("Notices:Email:Security must be None, StartTls or Tls.", [nameof(Security)]);
        if (AuthorityFile is not null && !File.Exists(AuthorityFile)) yield return new ValidationResult("Notices:Email:AuthorityFile does not exist.", [nameof(AuthorityFile)]);
    }
}
