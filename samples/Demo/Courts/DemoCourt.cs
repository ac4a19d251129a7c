using System.Globalization;
using System.Net;
using Cinnabar.Shared;

namespace Cinnabar.Demo.Courts;

/// <summary>One of the five courts: who it is, and its station.</summary>
public sealed class DemoCourt : IAsyncDisposable
{
    private static readonly (string Name, string English, string Code, string EngineName)[] s_courts =
    [
        ("北京市海淀区人民法院", "Beijing Haidian District People's Court", "京0108", "haidian"),
        ("北京市朝阳区人民法院", "Beijing Chaoyang District People's Court", "京0105", "chaoyang"),
        ("南京市秦淮区人民法院", "Nanjing Qinhuai District People's Court", "苏0104", "qinhuai"),
        ("长沙市芙蓉区人民法院", "Changsha Furong District People's Court", "湘0102", "furong"),
        ("南昌市东湖区人民法院", "Nanchang Donghu District People's Court", "赣0102", "donghu"),
    ];

    private readonly int _port;

    /// <param name="number">0 for Haidian, then Chaoyang and one court each of Jiangsu, Hunan and Jiangxi.</param>
    /// <param name="data">Its data folder.</param>
    public DemoCourt(int number, string data)
    {
        var (name, english, code, engineName) = s_courts[number];
        Address = string.Create(CultureInfo.InvariantCulture, $"127.0.0.{11 + number}");
        Station = new DemoStation(data, IPAddress.Parse(Address));
        _port = Station.PortOr(9443);
        EngineName = engineName;
        Spec = new CourtSpec(name, english, code, $"log.{engineName}.example/2026", string.Create(CultureInfo.InvariantCulture, $"https://{Address}:{_port}"));
    }

    /// <summary>How many there are.</summary>
    public static int Count => s_courts.Length;

    /// <summary>The courts' names at the anchor engine.</summary>
    public static IReadOnlyList<string> EngineNames { get; } = [.. s_courts.Select(one => one.EngineName)];

    public CourtSpec Spec { get; }

    public string Code => Spec.Code;

    /// <summary>For people.</summary>
    public string Name => $"{Spec.Code} {Spec.Name} ({Spec.English})";

    public string Address { get; }

    /// <summary>The court's name and user at the anchor engine.</summary>
    public string EngineName { get; }

    public DemoStation Station { get; }

    /// <summary>The program in its place that lies; null while the court is honest.</summary>
    public ChildProgram? Liar { get; set; }

    /// <summary>It is there and honest.</summary>
    public bool Vouches => Liar is null && Station.IsRunning;

    /// <summary>It is there: a court that shows two histories of its own log still cosigns the others', and its voice counts.</summary>
    public bool HasVoice => Vouches || Liar is not null;

    public Task SetUpAsync(CancellationToken cancellationToken) => Station.SetUpAsync(
    [
        "--court", Spec.Name, "--court-en", Spec.English, "--code", Spec.Code, "--origin", Spec.Origin, "--duty-phone", "+86 10 1234 5678",
    ], cancellationToken);

    /// <summary>Writes the station's configuration.</summary>
    /// <param name="more">Further sections, with a comma before each; may be empty.</param>
    public Task ConfigureAsync(int consolePort, EtcdCluster engine, string more, CancellationToken cancellationToken) => File.WriteAllTextAsync(
        Path.Combine(Station.Data, "station.json"), string.Create(CultureInfo.InvariantCulture, $$"""
            {
              "Logging": { "LogLevel": { "Default": "Warning" } },
              "Station": {
                "ConsoleEndpoint": "{{Address}}:{{consolePort}}", "UplinkEndpoint": "{{Address}}:{{Station.PortOr(0)}}",
                "PublicUrl": "http://{{Address}}:{{consolePort}}"
              },
              "Courts": { "ListenEndpoint": "{{Address}}:{{_port}}" },
              "Anchors": {
                "Engine": "etcd", "AdoptWiped": true,
                "Etcd": {
                  "Endpoints": [ {{List(engine.Endpoints.Select(one => one.OriginalString))}} ], "Court": "{{EngineName}}", "Courts": [ {{List(EngineNames)}} ],
                  "PasswordFile": "{{Station.Data}}.etcd", "AuthorityFile": "{{engine.AuthorityFile}}",
                  "CertificateFile": "{{engine.ClientCertificateFile}}", "KeyFile": "{{engine.ClientKeyFile}}"
                }
              }{{more}}
            }
            """), cancellationToken);

    /// <summary>Starts its station, for the first time or again.</summary>
    public Task StartAsync(CancellationToken cancellationToken) => Station.StartAsync(_port, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (Liar is { } liar)
        {
            Liar = null;
            await liar.DisposeAsync();
        }

        await Station.DisposeAsync();
    }

    private static string List(IEnumerable<string> items) => string.Join(", ", items.Select(one => $"\"{one}\""));
}
