using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cinnabar.Shared;

/// <summary>A real etcd cluster of three members on loopback, set up for courts as docs/operate/anchors.md says: TLS on every side, users, roles, genesis.</summary>
/// <remarks>Debian package etcd-server. Free ports and a temporary folder, so several run side by side.</remarks>
public sealed class EtcdCluster : IAsyncDisposable
{
    /// <summary>Before every key.</summary>
    public const string Prefix = "cinnabar/";

    private const int Members = 3;

    private static readonly TimeSpan s_startLimit = TimeSpan.FromSeconds(60);
    private readonly string _folder = Directory.CreateTempSubdirectory("cinnabar-etcd-").FullName;
    private readonly string _rootPassword = RandomNumberGenerator.GetHexString(24);
    private readonly EtcdCertificates _certificates;
    private readonly EtcdMember[] _members;
    private readonly Dictionary<string, string> _passwords;
    private readonly HttpClient _http;
    private string _clusterToken = "first";
    private string? _rootToken;

    private EtcdCluster(IReadOnlyList<string> courts)
    {
        _certificates = new EtcdCertificates(_folder);
        var ports = FreePorts(2 * Members);
        _members = [.. Enumerable.Range(0, Members).Select(number => new EtcdMember(_folder, number, ports[2 * number], ports[(2 * number) + 1], _certificates))];
        _passwords = courts.ToDictionary(court => court, _ => RandomNumberGenerator.GetHexString(24));
        _http = CreateHttpClient();
    }

    /// <summary>Client URLs of the members.</summary>
    public IReadOnlyList<Uri> Endpoints => [.. _members.Select(member => member.Client)];

    /// <summary>The courts that may write, each its own user of the same name.</summary>
    public IReadOnlyCollection<string> Courts => _passwords.Keys;

    /// <summary>PEM file of the CA that signed the members' certificate.</summary>
    public string AuthorityFile => _certificates.AuthorityFile;

    /// <summary>PEM file of a certificate that the cluster takes from clients.</summary>
    public string ClientCertificateFile => _certificates.MemberFile;

    /// <summary>PEM file of its key.</summary>
    public string ClientKeyFile => _certificates.MemberKeyFile;

    /// <summary>What is missing on this machine, or null.</summary>
    public static string? Missing() => File.Exists("/usr/bin/etcd") ? null : "/usr/bin/etcd is missing: apt-get install etcd-server";

    /// <summary>Starts three members and sets them up for these courts.</summary>
    /// <exception cref="InvalidOperationException">etcd is not installed, or did not come up; the message holds its last words.</exception>
    public static async Task<EtcdCluster> StartAsync(IReadOnlyList<string> courts, CancellationToken cancellationToken)
    {
        if (Missing() is { } missing)
        {
            throw new InvalidOperationException(missing);
        }

        var cluster = new EtcdCluster(courts);
        try
        {
            cluster.StartAll();
            await cluster.SetUpAsync(cancellationToken);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Password of a court's user.</summary>
    public string PasswordOf(string court) => _passwords[court];

    /// <summary>A client that trusts the cluster's CA and shows a certificate of it. The caller disposes of it.</summary>
    public HttpClient CreateHttpClient()
    {
        var handler = new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) };
        handler.SslOptions.EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) => _certificates.Trusts(certificate);
        handler.SslOptions.ClientCertificates = [_certificates.Client];
        return new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>Ends a member as a power cut would.</summary>
    public Task KillMemberAsync(int number) => _members[number].KillAsync();

    /// <summary>Starts a killed member over its data.</summary>
    public void StartMember(int number) => _members[number].Start(AllPeers, _clusterToken);

    /// <summary>Removes all data of all members and sets the cluster up again, with the same users: a new engine at the old address.</summary>
    public async Task WipeAsync(CancellationToken cancellationToken)
    {
        await KillAllAsync();
        foreach (var member in _members)
        {
            Directory.Delete(member.Data, recursive: true);
        }

        _clusterToken = RandomNumberGenerator.GetHexString(8);
        StartAll();
        await SetUpAsync(cancellationToken);
    }

    /// <summary>Stops all members, copies their data aside, and goes on. <see cref="RestoreAsync"/> puts it back.</summary>
    public async Task SnapshotAsync(CancellationToken cancellationToken)
    {
        await KillAllAsync();
        Array.ForEach(_members, member => Copy(member.Data, member.Data + ".kept"));
        StartAll();
        await UntilUpAsync(cancellationToken);
    }

    /// <summary>Puts the data of <see cref="SnapshotAsync"/> back: everything since is forgotten.</summary>
    public async Task RestoreAsync(CancellationToken cancellationToken)
    {
        await KillAllAsync();
        foreach (var member in _members)
        {
            Directory.Delete(member.Data, recursive: true);
            Copy(member.Data + ".kept", member.Data);
        }

        StartAll();
        await UntilUpAsync(cancellationToken);
    }

    /// <summary>One request as root, who may do everything and whom no court uses: for attacks, and for what an operator does.</summary>
    /// <param name="path">Below <c>/v3/</c>, for example <c>kv/put</c>.</param>
    /// <exception cref="HttpRequestException">Refused or not reachable.</exception>
    public async Task<JsonElement> AskAsRootAsync(string path, JsonObject request, CancellationToken cancellationToken)
    {
        _rootToken ??= (await AskAsync("auth/authenticate", new JsonObject { ["name"] = "root", ["password"] = _rootPassword }, null, cancellationToken)).GetProperty("token").GetString();
        return await AskAsync(path, request, _rootToken, cancellationToken);
    }

    /// <summary>Sets another prefix up for the same courts: an engine of its own in the same cluster.</summary>
    public Task PrepareAsync(string prefix, CancellationToken cancellationToken) =>
        PrepareAsync(prefix, (path, request) => AskAsRootAsync(path, request, cancellationToken));

    /// <summary>Bytes as the gateway takes them.</summary>
    public static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    /// <summary>Ends the members and removes the folder.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var member in _members)
        {
            await member.DisposeAsync();
        }

        _http.Dispose();
        _certificates.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private string AllPeers => string.Join(',', _members.Select(member => member.Peer));

    private void StartAll()
    {
        _rootToken = null;
        Array.ForEach(_members, member => member.Start(AllPeers, _clusterToken));
    }

    private async Task KillAllAsync() => await Task.WhenAll(_members.Select(member => member.KillAsync()));

    private async Task SetUpAsync(CancellationToken cancellationToken)
    {
        await UntilUpAsync(cancellationToken);
        foreach (var court in Courts)
        {
            await PlainAsync("auth/role/add", new JsonObject { ["name"] = court });
            await PlainAsync("auth/user/add", new JsonObject { ["name"] = court, ["password"] = _passwords[court] });
            await PlainAsync("auth/user/grant", new JsonObject { ["user"] = court, ["role"] = court });
        }

        await PrepareAsync(Prefix, PlainAsync);
        await PlainAsync("auth/user/add", new JsonObject { ["name"] = "root", ["password"] = _rootPassword });
        await PlainAsync("auth/role/add", new JsonObject { ["name"] = "root" });
        await PlainAsync("auth/user/grant", new JsonObject { ["user"] = "root", ["role"] = "root" });
        await PlainAsync("auth/enable", []);

        Task PlainAsync(string path, JsonObject request) => AskAsync(path, request, null, cancellationToken);
    }

    /// <summary>The genesis key and each court's rights below a prefix.</summary>
    private async Task PrepareAsync(string prefix, Func<string, JsonObject, Task> ask)
    {
        await ask("kv/put", new JsonObject { ["key"] = Base64(prefix + "genesis"), ["value"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16)) });
        foreach (var court in Courts)
        {
            await GrantAsync(court, "READ", prefix, prefix[..^1] + '0');
            await GrantAsync(court, "READWRITE", $"{prefix}a/{court}/", $"{prefix}a/{court}0");
            await GrantAsync(court, "READWRITE", $"{prefix}seen/{court}", null);
        }

        Task GrantAsync(string role, string right, string key, string? end)
        {
            var permission = new JsonObject { ["permType"] = right, ["key"] = Base64(key) };
            if (end is not null)
            {
                permission["range_end"] = Base64(end);
            }

            return ask("auth/role/grant", new JsonObject { ["name"] = role, ["perm"] = permission });
        }
    }

    /// <summary>Every member says that it is well, which none does without a leader.</summary>
    private async Task UntilUpAsync(CancellationToken cancellationToken)
    {
        var started = Stopwatch.StartNew();
        foreach (var member in _members)
        {
            while (!await IsUpAsync(member, cancellationToken))
            {
                if (started.Elapsed > s_startLimit || member.HasExited)
                {
                    throw new InvalidOperationException($"etcd did not come up. {member.LastWords()}");
                }

                await Task.Delay(50, cancellationToken);
            }
        }
    }

    private async Task<bool> IsUpAsync(EtcdMember member, CancellationToken cancellationToken)
    {
        try
        {
            return (await _http.GetStringAsync(new Uri(member.Client, "/health"), cancellationToken)).Contains("true", StringComparison.Ordinal);
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async Task<JsonElement> AskAsync(string path, JsonObject request, string? token, CancellationToken cancellationToken)
    {
        var member = _members.First(one => !one.HasExited);
        using var message = new HttpRequestMessage(HttpMethod.Post, new Uri(member.Client, "/v3/" + path)) { Content = new StringContent(request.ToJsonString()) };
        if (token is not null)
        {
            message.Headers.TryAddWithoutValidation("Authorization", token);
        }

        using var response = await _http.SendAsync(message, cancellationToken);
        var answer = await response.Content.ReadAsStringAsync(cancellationToken);
        using var document = response.IsSuccessStatusCode
            ? JsonDocument.Parse(answer)
            : throw new HttpRequestException($"{path}: {answer}", null, response.StatusCode);
        return document.RootElement.Clone();
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target, overwrite: true);
        }
    }

    // Below the range that the kernel gives to outgoing connections; all held at once, so that none is given twice.
    private static int[] FreePorts(int count)
    {
        var held = new List<Socket>();
        try
        {
            while (held.Count < count)
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                try
                {
                    socket.Bind(new IPEndPoint(IPAddress.Loopback, Random.Shared.Next(12_000, 32_000)));
                    held.Add(socket);
                }
                catch (SocketException)
                {
                    socket.Dispose();
                }
            }

            return [.. held.Select(socket => ((IPEndPoint)socket.LocalEndPoint!).Port)];
        }
        finally
        {
            held.ForEach(socket => socket.Dispose());
        }
    }
}
