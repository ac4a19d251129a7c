namespace Cinnabar.Ledger.Etcd;

/// <summary>Where the cluster is and who this court is there. Checked when the engine is made.</summary>
public sealed class EtcdAnchorOptions
{
    /// <summary>Client URLs of the members. One answers; the next is asked when it does not.</summary>
    public required IReadOnlyList<Uri> Endpoints { get; init; }

    /// <summary>This court's name in keys: 1 to 40 of <c>a-z 0-9 . -</c>. Its role may write below <c>a/NAME/</c> and the key <c>seen/NAME</c>, and read everything.</summary>
    public required string Court { get; init; }

    /// <summary>The names of all courts, this one among them: a record is only removed when each of them has seen it.</summary>
    public required IReadOnlyList<string> Courts { get; init; }

    /// <summary>Origins of this court's logs: a record of theirs that another court wrote is shown as no anchor.</summary>
    public required IReadOnlyList<string> Origins { get; init; }

    /// <summary>etcd user. Empty only for a cluster without authentication, which no court should have.</summary>
    public string User { get; init; } = "";

    /// <summary>Its password.</summary>
    public string Password { get; init; } = "";

    /// <summary>Before every key, ending in a slash. Default <c>cinnabar/</c>.</summary>
    public string Prefix { get; init; } = "cinnabar/";

    /// <summary>How long one request to one member may take. 100 ms to 1 min; default 3 s: a member that lost its majority does not answer.</summary>
    public TimeSpan AnswerLimit { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long a watch may be silent before another member is asked: a cut cable says nothing. 1 s to 10 min; default 15 s.</summary>
    public TimeSpan SilenceLimit { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How often this court says what it has seen and removes what all have. 10 ms to 1 h; default 10 s.</summary>
    public TimeSpan TidyEvery { get; init; } = TimeSpan.FromSeconds(10);

    /// <exception cref="ArgumentException">Values out of range; the message names every one.</exception>
    internal void Validate()
    {
        var wrong = new List<string>();
        Check(Endpoints.Count is >= 1 and <= 100 && Endpoints.All(endpoint => endpoint.Scheme is "http" or "https"), nameof(Endpoints));
        Check(IsName(Court), nameof(Court));
        Check(Courts.Contains(Court) && Courts.All(IsName), nameof(Courts));
        Check(Prefix.Length is >= 2 and <= 40 && Prefix.EndsWith('/') && Prefix.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '-' or '.'), nameof(Prefix));
        Check(AnswerLimit >= TimeSpan.FromMilliseconds(100) && AnswerLimit <= TimeSpan.FromMinutes(1), nameof(AnswerLimit));
        Check(SilenceLimit >= TimeSpan.FromSeconds(1) && SilenceLimit <= TimeSpan.FromMinutes(10), nameof(SilenceLimit));
        Check(TidyEvery >= TimeSpan.FromMilliseconds(10) && TidyEvery <= TimeSpan.FromHours(1), nameof(TidyEvery));
        if (wrong.Count > 0)
        {
            throw new ArgumentException($"Out of range: {string.Join(", ", wrong)}.");
        }

        void Check(bool holds, string name)
        {
            if (!holds)
            {
                wrong.Add(name);
            }
        }
    }

    private static bool IsName(string name) =>
        name.Length is >= 1 and <= 40 && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '-');
}
