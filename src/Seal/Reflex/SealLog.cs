using System.Threading.Channels;

namespace Cinnabar.Seal.Reflex;

/// <summary>One line per happening on standard output, for a person and for a program: words and <c>name=value</c>.</summary>
/// <remarks>Never makes the caller wait: whoever reads our output may be slow or stopped; then the oldest lines go.</remarks>
internal sealed class SealLog : IAsyncDisposable
{
    private const int LinesMax = 10_000;

    private readonly Channel<string> _lines =
        Channel.CreateBounded<string>(new BoundedChannelOptions(LinesMax) { FullMode = BoundedChannelFullMode.DropOldest });

    private readonly Task _pump;

    public SealLog(TextWriter output) => _pump = Task.Run(async () =>
    {
        await foreach (var line in _lines.Reader.ReadAllAsync())
        {
            await output.WriteLineAsync(line);
            await output.FlushAsync();
        }
    });

    public void Say(string line) => _lines.Writer.TryWrite(line.ReplaceLineEndings(" "));

    public async ValueTask DisposeAsync()
    {
        _lines.Writer.TryComplete();
        await Task.WhenAny(_pump, Task.Delay(TimeSpan.FromSeconds(1)));
    }
}
