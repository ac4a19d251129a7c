using System.ComponentModel.DataAnnotations;

namespace Cinnabar.Station.Notices;

/// <summary>Signed HTTP calls to a program of the court's: a command centre, a chat gateway. Section <c>Notices:Webhook</c>; off without an address.</summary>
internal sealed class WebhookOptions : IValidatableObject
{
    public const int ShortestSecret = 32;

    /// <summary>Where to post. https, unless <see cref="AllowPrivateAddresses"/> is set. None: no calls.</summary>
    public Uri? Url { get; set; }

    /// <summary>Key of the signature, shared with the receiver: at least 32 characters. Give it by environment variable or key file. Never logged.</summary>
    public string Secret { get; set; } = "";

    /// <summary>Whether the address may lead to loopback or a private network. Default no: a mistyped address must not turn the station against its own house.</summary>
    public bool AllowPrivateAddresses { get; set; }

    /// <summary>Longest time for one attempt. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:00:25")]
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Attempts under way at once. Default 16.</summary>
    [Range(1, 256)]
    public int Parallelism { get; set; } = 16;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Url is null) yield break;
        var http = Url.IsAbsoluteUri && Url.Scheme == Uri.UriSchemeHttp;
        if (!http && !(Url.IsAbsoluteUri && Url.Scheme == Uri.UriSchemeHttps)) yield return new ValidationResult("Notices:Webhook:Url must be an absolute http or https address.", [nameof(Url)]);
        if (http && !AllowPrivateAddresses) yield return new ValidationResult("Notices:Webhook:Url must be https unless AllowPrivateAddresses is set.", [nameof(Url)]);
        if (Url.IsAbsoluteUri && Url.UserInfo.Length > 0) yield return new ValidationResult("Notices:Webhook:Url must not hold credentials: addresses are logged.", [nameof(Url)]);
        if (Secret.Length < ShortestSecret) yield return new ValidationResult($"Notices:Webhook:Secret must have at least {ShortestSecret} characters.", [nameof(Secret)]);
    }
}
