using System.ComponentModel.DataAnnotations;

namespace Cinnabar.Station.Anchors;

/// <summary>Daily RFC 3161 timestamps of the newest block; section "Timestamps". Off without an address.</summary>
internal sealed class TimestampsOptions : IValidatableObject
{
    /// <summary>Where the authority takes requests. None: nothing is stamped.</summary>
    public Uri? Url { get; set; }

    /// <summary>PEM file with the authority's roots, as the courts pinned them.</summary>
    public string RootsFile { get; set; } = "";

    /// <summary>How long after a failure the authority is asked again. Default 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long an answer may take. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How far the authority's clock may be from ours. Default 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan ClockTolerance { get; set; } = TimeSpan.FromMinutes(5);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Url is null) yield break;
        if (!Url.IsAbsoluteUri || Url.Scheme is not ("http" or "https")) yield return new ValidationResult("Timestamps:Url must begin with http or https.", [nameof(Url)]);
        if (!File.Exists(RootsFile)) yield return new ValidationResult("Timestamps:RootsFile does not exist.", [nameof(RootsFile)]);
    }
}
