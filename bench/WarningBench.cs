using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Cinnabar.Demo;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Cinnabar.Bench;

/// <summary>From the alarm's frame on the wire to the first channel called, and all seals at once.</summary>
/// <remarks>
/// The built station, real mutual TLS, durable commits. In place of the SMS gateway stands an HTTP endpoint that notes
/// when it is called: the figure ends where the gateway's work begins.
/// </remarks>
internal sealed class WarningBench : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, long> _called = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("cinnabar-bench-").FullName;
    private readonly string _password = RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 16);
    private readonly List<DoorlessSeal> _seals = [];
    private WebApplication? _gateway;
    private ChildProgram? _station;
    private int _acknowledged;

    /// <param name="count">Seals, one alarm each: half of them paced, half of them at once.</param>
    public async Task<object> RunAsync(int count, CancellationToken cancellationToken)
    {
        await StartAsync(cancellationToken);
        await SealDoorsAsync(count, cancellationToken);
        var paced = await PacedAsync(_seals.Take(count / 2).ToArray(), cancellationToken);
        var storm = await StormAsync(_seals.Skip(count / 2).ToArray(), cancellationToken);
        return new
        {
            How = "alarm frame written to the socket, to the first call of the SMS gateway's endpoint for that seal; every incident durable before",
            PacedEveryMs = 50, Paced = Spread.Of(paced.Values), Storm = storm, Acknowledged = _acknowledged,
        };
    }

    public async ValueTask DisposeAsync()
    {
        _seals.ForEach(seal => seal.Dispose());
        if (_station is not null)
        {
            await _station.DisposeAsync();
        }

        if (_gateway is not null)
        {
            await _gateway.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private Uri _console = null!;
    private Uri _uplink = null!;

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _gateway = builder.Build();
        _gateway.Map("/cgi-bin/sendsms", (HttpContext http) =>
        {
            _called.TryAdd(http.Request.Headers["X-Kannel-To"].ToString().TrimStart('+'), Stopwatch.GetTimestamp());
            return Results.Text("0: Accepted for delivery", statusCode: 202);
        });
        await _gateway.StartAsync(cancellationToken);
        var sms = _gateway.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        await WarmUpAsync(new Uri(sms), cancellationToken);
        var data = Path.Combine(_folder, "station");
        var program = ChildProgram.PathOf("Station", "cinnabar-station");
        await ChildProgram.RunAsync(program, ["init", "--data", data, "--court", "测试法院", "--court-en", "Bench court", "--code", "京0108", "--origin", "log.bench.example/1"], cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(_folder, "password"), _password, cancellationToken);
        await ChildProgram.RunAsync(program, ["admin", "--data", data, "--login", "bench", "--password-file", Path.Combine(_folder, "password")], cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(data, "station.json"), $$"""
            { "Logging": { "LogLevel": { "Default": "Warning" } },
              "Station": { "ConsoleEndpoint": "127.0.0.1:0", "UplinkEndpoint": "127.0.0.1:0" },
              "Notices": { "Sms": { "SendSmsUrl": "{{sms}}/cgi-bin/sendsms", "UserName": "bench", "Password": "bench", "From": "12368" } } }
            """, cancellationToken);
        _station = ChildProgram.Start(program, ["run", "--data", data], Path.Combine(_folder, "station.log"));
        var ready = await _station.WaitForLineAsync(l => l.StartsWith("cinnabar-station ready", StringComparison.Ordinal), TimeSpan.FromSeconds(60), "The station's start", cancellationToken);
        var addresses = ready.Split(' ').Skip(2).Select(a => new Uri(a)).ToArray();
        (_console, _uplink) = (addresses.First(a => a.Scheme == "http"), addresses.First(a => a.Scheme == "https"));
    }

    // Only the stand-in for the SMS gateway, which is no part of the figure: the station answers its first alarm as it comes.
    private static async Task WarmUpAsync(Uri sms, CancellationToken cancellationToken)
    {
        using var client = new HttpClient();
        using var call = new HttpRequestMessage(HttpMethod.Post, new Uri(sms, "/cgi-bin/sendsms"));
        call.Headers.Add("X-Kannel-To", "nobody");
        (await client.SendAsync(call, cancellationToken)).Dispose();
    }

    private async Task SealDoorsAsync(int count, CancellationToken cancellationToken)
    {
        using var client = new StationClient(_console);
        await client.SignInAsync("bench", _password, cancellationToken);
        var today = DateOnly.FromDateTime(DateTime.UtcNow.AddHours(8));
        for (var i = 0; i < count; i++)
        {
            var order = await client.PostAsync("/api/seals", new
            {
                caseNumber = string.Create(CultureInfo.InvariantCulture, $"（2026）京0108执{i + 1}号"), category = "immovable",
                property = new { address = $"测试路{i}号" }, from = today, until = today.AddYears(1),
                parties = new[] { new { role = "officer", name = "法官", phone = PhoneOf(i), language = "zh" } },
            }, cancellationToken);
            var number = order!["sealNumber"]!.GetValue<string>();
            var enrolment = await client.PostAsync($"/api/seals/{Uri.EscapeDataString(number)}/enrolment", new { }, cancellationToken);
            var seal = await DoorlessSeal.EnrolAsync($"bench-{i}", number, _uplink, enrolment!["code"]!.GetValue<string>(), cancellationToken);
            await seal.ConnectAsync(_ => Interlocked.Increment(ref _acknowledged), cancellationToken);
            _seals.Add(seal);
        }
    }

    private async Task<Dictionary<int, double>> PacedAsync(DoorlessSeal[] seals, CancellationToken cancellationToken)
    {
        var sent = new Dictionary<int, long>();
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        for (var i = 0; i < seals.Length; i++)
        {
            await tick.WaitForNextTickAsync(cancellationToken);
            var message = seals[i].Cut();
            sent[i] = Stopwatch.GetTimestamp();
            await seals[i].SendAsync(message, cancellationToken);
        }

        return await DelaysAsync(sent, 0, cancellationToken);
    }

    private async Task<object> StormAsync(DoorlessSeal[] seals, CancellationToken cancellationToken)
    {
        var messages = seals.Select(seal => seal.Cut()).ToArray();
        var sent = new Dictionary<int, long>();
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < seals.Length; i++)
        {
            sent[i] = Stopwatch.GetTimestamp();
            await seals[i].SendAsync(messages[i], cancellationToken);
        }

        var sending = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        var delays = await DelaysAsync(sent, seals.Length, cancellationToken);
        return new { Seals = seals.Length, SentWithinMs = Math.Round(sending, 1), Delay = Spread.Of(delays.Values), Lost = seals.Length - delays.Count };
    }

    private async Task<Dictionary<int, double>> DelaysAsync(Dictionary<int, long> sent, int offset, CancellationToken cancellationToken)
    {
        var limit = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(limit) < TimeSpan.FromSeconds(30) && sent.Keys.Any(i => !_called.ContainsKey(PhoneOf(i + offset).TrimStart('+'))))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), cancellationToken);
        }

        return sent.Where(one => _called.ContainsKey(PhoneOf(one.Key + offset).TrimStart('+'))).ToDictionary(
            one => one.Key, one => Stopwatch.GetElapsedTime(one.Value, _called[PhoneOf(one.Key + offset).TrimStart('+')]).TotalMilliseconds);
    }

    private static string PhoneOf(int index) => string.Create(CultureInfo.InvariantCulture, $"+86138{index:00000000}");
}
