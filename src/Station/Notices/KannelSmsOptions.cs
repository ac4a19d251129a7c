using System.ComponentModel.DataAnnotations;

namespace Cinnabar.Station.Notices;

/// <summary>Text messages through a Kannel gateway (smsbox, Kannel user guide chapter 10). Section <c>Notices:Sms</c>; off without an address.</summary>
internal sealed class KannelSmsOptions : IValidatableObject
{
    /// <summary>Address of the gateway's sendsms service, for example http://127.0.0.1:13013/cgi-bin/sendsms. None: no text messages.</summary>
    public Uri? SendSmsUrl { get; set; }

    /// <summary>Name of the sendsms-user group in the gateway's configuration.</summary>
    public string UserName { get; set; } = "";

    /// <summary>Its password. Give it by environment variable or key file, not in a file under version control. Never logged, never in an address.</summary>
    public string Password { get; set; } = "";

    /// <summary>Sender the phone shows: the court's short number. Up to 20 characters.</summary>
    [StringLength(20)]
    public string From { get; set; } = "";

    /// <summary>Name of the gateway's connection to the network (smsc-id); empty lets the gateway choose.</summary>
    [StringLength(60)]
    public string SmscId { get; set; } = "";

    /// <summary>Where the gateway reaches this station for delivery reports, without path, for example https://seals.court.example. None: no reports are asked for.</summary>
    public Uri? ReportBaseUrl { get; set; }

    /// <summary>Longest time for one attempt. Default 10 s: below the first repeat at 30 s, so that a hung gateway never swallows a step.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:00:25")]
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Attempts under way at once. Default 32.</summary>
    [Range(1, 512)]
    public int Parallelism { get; set; } = 32;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (SendSmsUrl is null) yield break;
        if (!IsHttp(SendSmsUrl)) yield return new ValidationResult("Notices:Sms:SendSmsUrl must be an absolute http or https address.", [nameof(SendSmsUrl)]);
        if (SendSmsUrl.IsAbsoluteUri && SendSmsUrl.UserInfo.Length > 0) yield return new ValidationResult("Notices:Sms:SendSmsUrl must not hold credentials: addresses are logged.", [nameof(SendSmsUrl)]);
        if (ReportBaseUrl is { } report && (!IsHttp(report) || report.AbsolutePath != "/" || report.Query.Length > 0))
            yield return new ValidationResult("Notices:Sms:ReportBaseUrl must be an absolute http or https address without path or query.", [nameof(ReportBaseUrl)]);
        // They travel as header values, so a line break would be a second header.
        foreach (var (name, value) in new[] { (nameof(UserName), UserName), (nameof(Password), Password), (nameof(From), From), (nameof(SmscId), SmscId) })
            if (value.Any(c => c is < ' ' or > '~')) yield return new ValidationResult($"Notices:Sms:{name} must be printable ASCII.", [name]);
        if (UserName.Length == 0 || Password.Length == 0) yield return new ValidationResult("Notices:Sms needs UserName and Password.", [nameof(UserName)]);
    }

    private static bool IsHttp(Uri uri) => uri.IsAbsoluteUri && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps);
}
