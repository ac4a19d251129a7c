using System.ComponentModel.DataAnnotations;

namespace Cinnabar.Station;

/// <summary>What every module needs to know; section "Station" of the configuration.</summary>
internal sealed class StationOptions
{
    /// <summary>Folder that holds everything the station keeps. Created by <c>cinnabar-station init</c>.</summary>
    [Required]
    public string DataDirectory { get; set; } = "";

    /// <summary>Address and port of the console, phone and public pages, plain HTTP: a reverse proxy on the same machine adds TLS. Port 0 takes a free one.</summary>
    [Required]
    public string ConsoleEndpoint { get; set; } = "127.0.0.1:8080";

    /// <summary>Address and port the seals connect to, such as <c>0.0.0.0:8443</c>. Port 0 takes a free one.</summary>
    [Required]
    public string UplinkEndpoint { get; set; } = "127.0.0.1:8443";

    /// <summary>How people outside reach the console port, such as <c>https://seals.court.example</c>; links in warnings and QR codes start with it.</summary>
    public string PublicUrl { get; set; } = "http://127.0.0.1:8080";

    /// <summary>Host names and addresses in the certificate that seals see. The endpoint's own address is always in it.</summary>
    public IList<string> UplinkNames { get; } = [];
}
