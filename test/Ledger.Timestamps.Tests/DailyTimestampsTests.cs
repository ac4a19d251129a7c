using System.Collections.Concurrent;
using System.Security.Cryptography;
using Cinnabar.Evidence;
using Cinnabar.Shared;

namespace Cinnabar.Ledger.Timestamps.Tests;

public sealed class DailyTimestampsTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cinnabar-stamps-").FullName;
    private readonly CancellationTokenSource _end = new();
    private readonly HttpClient _http = new();
    private readonly RandomNumberGenerator _random = RandomNumberGenerator.Create();
    private readonly ManualTime _time = new(DateTimeOffset.UtcNow);
    private readonly ConcurrentQueue<TimestampVerdict> _told = new();
    private TestAuthority _authority = null!;
    private Digest? _newest = Digest.Of("today's"u8);

    private DateOnly Today => DateOnly.FromDateTime(_time.GetUtcNow().UtcDateTime);

    private TimestampArchive Archive => new(_folder);

    public async ValueTask InitializeAsync() => _authority = await TestAuthority.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _authority.DisposeAsync();
        _http.Dispose();
        _random.Dispose();
        _end.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Day_IsStampedOnceAndTheNextOneAgain()
    {
        var today = Today;
        var running = Run();
        Eventually.Holds(() => Archive.Days().Count == 1, "the day has its token");
        Assert.True(Archive.TryRead(today, out var imprint, out var token));
        Assert.Equal(_newest, imprint);
        Assert.Equal(TimestampVerdict.Valid, TimestampVerifier.Verify(token, new TimestampExpectation(imprint), _authority.Roots, out _));

        _newest = Digest.Of("tomorrow's"u8);
        Eventually.Holds(() => Passes() && Archive.Days().Count == 2, "the next day has its token");
        await EndAsync(running);
        Assert.Equal(today.AddDays(1), Archive.Days()[1]);
        Assert.Equal(2, _told.Count);
    }

    [Fact]
    public async Task StartOnADayThatHasItsToken_AsksNobody()
    {
        Archive.Keep(Today, Digest.Of("before"u8), [1]);
        var running = Run();
        await EndAsync(running);

        Assert.Equal(0, _authority.Asked);
    }

    [Fact]
    public async Task AuthorityThatIsDown_IsAskedAgainAndSaidEachTime()
    {
        _authority.Instead = context =>
        {
            context.Response.StatusCode = 503;
            return Task.CompletedTask;
        };
        var running = Run();
        Eventually.Holds(() => Passes() && _told.Count >= 2, "it was asked twice");
        _authority.Instead = null;
        Eventually.Holds(() => Passes() && Archive.Days().Count > 0, "a day has its token");
        await EndAsync(running);

        Assert.Equal([TimestampVerdict.ErrorStatus, TimestampVerdict.ErrorStatus], _told.Take(2));
        Assert.Contains(TimestampVerdict.Valid, _told);
    }

    [Fact]
    public async Task NothingToStamp_IsNoQuestion()
    {
        _newest = null;
        var asked = 0;
        var running = Run(() => asked++);
        Eventually.Holds(() => Passes() && asked >= 2, "it looked twice");
        await EndAsync(running);

        Assert.Equal(0, _authority.Asked);
        Assert.Empty(Archive.Days());
    }

    // Ten minutes at a time: less than a retry, so that none is jumped over.
    private bool Passes()
    {
        _time.Advance(TimeSpan.FromMinutes(10));
        return true;
    }

    private Task Run(Action? looked = null)
    {
        // The authority's clock is real and this one is not.
        var limits = new TimestampLimits { ClockTolerance = TimeSpan.FromDays(10_000), Timeout = TimeSpan.FromDays(40) };
        var authority = new TimestampAuthority(_authority.Address, _authority.Roots, limits, _http, _time, _random);
        var daily = new DailyTimestamps(
            authority, Archive,
            _ =>
            {
                looked?.Invoke();
                return Task.FromResult(_newest);
            },
            result => _told.Enqueue(result.Verdict), TimeSpan.FromHours(1), _time);
        return daily.RunAsync(_end.Token);
    }

    private async Task EndAsync(Task running)
    {
        await _end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }
}
