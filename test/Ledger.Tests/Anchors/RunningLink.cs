using Cinnabar.Ledger.Anchors;

namespace Cinnabar.Ledger.Tests.Anchors;

/// <summary>A book tied to an engine while a test lasts. Time is real and short: nothing asserts it.</summary>
internal sealed class RunningLink : IAsyncDisposable
{
    private readonly CancellationTokenSource _end = new();

    public RunningLink(AnchorBook book, IAnchorEngine engine)
    {
        Book = book;
        Run = new AnchorLink(book, engine, Options, TimeProvider.System).RunAsync(_end.Token);
    }

    public static AnchorLinkOptions Options { get; } = new()
    {
        LookEvery = TimeSpan.FromMilliseconds(20), PauseFirst = TimeSpan.FromMilliseconds(5), PauseMax = TimeSpan.FromMilliseconds(20),
    };

    public AnchorBook Book { get; }

    public Task Run { get; }

    public static AnchorBookOptions BookOptions(bool adoptWiped = false) =>
        new() { Origin = "court0.example/log/1", Spacing = TimeSpan.Zero, AdoptWiped = adoptWiped };

    /// <summary>Waits until the book says so, or the link has failed.</summary>
    public async Task UntilAsync(Func<AnchorBook, bool> holds)
    {
        var limit = Task.Delay(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        while (true)
        {
            var changed = Book.Changed;
            if (holds(Book))
            {
                return;
            }

            var first = await Task.WhenAny(changed, Run, limit);
            if (first == Run)
            {
                await Run;
            }

            Assert.False(first == limit, $"Waited in vain; the book is {Book.State}, owed {string.Join(", ", Book.Owed)}, alarms {string.Join(", ", Book.Alarms)}.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await Run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }
}
