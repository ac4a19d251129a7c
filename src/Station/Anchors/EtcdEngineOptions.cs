using System.ComponentModel.DataAnnotations;
using Cinnabar.Ledger.Etcd;

namespace Cinnabar.Station.Anchors;

/// <summary>A cluster of courts; section "Anchors:Etcd".</summary>
internal sealed class EtcdEngineOptions
{
    /// <summary>Client addresses of the members.</summary>
    public IList<Uri> Endpoints { get; } = [];

    /// <summary>This court's name in the cluster's keys.</summary>
    public string Court { get; set; } = "";

    /// <summary>The names of all courts there, this one among them.</summary>
    public IList<string> Courts { get; } = [];

    /// <summary>User of this court. None: the court's name.</summary>
    public string User { get; set; } = "";

    /// <summary>File with the user's password. None: a cluster without authentication, which no court should have.</summary>
    public string PasswordFile { get; set; } = "";

    /// <summary>PEM file with the cluster's CA. None: the system's trusted authorities.</summary>
    public string AuthorityFile { get; set; } = "";

    /// <summary>PEM file with the certificate that this court shows. None: none is shown.</summary>
    public string CertificateFile { get; set; } = "";

    /// <summary>PEM file with its key.</summary>
    public string KeyFile { get; set; } = "";

    /// <summary>Before every key, ending in a slash. Default <c>cinnabar/</c>.</summary>
    public string Prefix { get; set; } = "cinnabar/";

    /// <summary>How long one request to one member may take. Default 3 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan AnswerLimit { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How long a watch may be silent before another member is asked. Default 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan SilenceLimit { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How often this court says what it has seen and removes what all have. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan TidyEvery { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>What the engine takes.</summary>
    /// <exception cref="IOException">The password's file cannot be read.</exception>
    public EtcdAnchorOptions ForEngine(string origin) => new()
    {
        Endpoints = [.. Endpoints],
        Court = Court,
        Courts = [.. Courts],
        Origins = [origin],
        User = PasswordFile.Length == 0 ? "" : User.Length == 0 ? Court : User,
        Password = PasswordFile.Length == 0 ? "" : File.ReadAllText(PasswordFile).Trim(),
        Prefix = Prefix,
        AnswerLimit = AnswerLimit,
        SilenceLimit = SilenceLimit,
        TidyEvery = TidyEvery,
    };
}
