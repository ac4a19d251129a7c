namespace Cinnabar.Evidence.Statements;

/// <summary>The place of a statement in its device's own chain.</summary>
/// <param name="Boot">8 bytes, new at every start of the device's program.</param>
/// <param name="Sequence">1 for the first statement of the device's life, then without a gap, across boots.</param>
/// <param name="Previous">Hash of the statement with the sequence number before; zero for the first.</param>
public sealed record StatementChain(ReadOnlyMemory<byte> Boot, long Sequence, Digest Previous)
{
    /// <summary>Length of a boot id in bytes.</summary>
    public const int BootBytes = 8;
}
