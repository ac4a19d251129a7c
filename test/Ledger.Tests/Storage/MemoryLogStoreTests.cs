using Cinnabar.Ledger.Storage;

namespace Cinnabar.Ledger.Tests.Storage;

public sealed class MemoryLogStoreTests : LogStoreConformance, IDisposable
{
    private readonly MemoryLogStore _store = new();

    public override ILogStore Open() => _store;

    public void Dispose() => _store.Dispose();
}
