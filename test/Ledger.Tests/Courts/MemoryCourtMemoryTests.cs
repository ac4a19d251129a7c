using Cinnabar.Ledger.Courts;

namespace Cinnabar.Ledger.Tests.Courts;

public sealed class MemoryCourtMemoryTests : CourtMemoryConformance
{
    protected override ICourtMemory Memory { get; } = new MemoryCourtMemory();

    public override void Dispose() => Memory.Dispose();

    protected override void Reopen() => Memory.Dispose();
}
