namespace Cinnabar.Ledger.Tests;

/// <summary>A folder of its own for one test, gone afterwards.</summary>
internal sealed class TempFolder : IDisposable
{
    public TempFolder() => Directory.CreateDirectory(Path);

    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), "cinnabar-ledger-" + Guid.NewGuid().ToString("n"));

    public string LogPath => System.IO.Path.Combine(Path, "log.db");

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
