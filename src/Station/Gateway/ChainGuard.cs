using Cinnabar.Evidence;
using Cinnabar.Evidence.Statements;

namespace Cinnabar.Station.Gateway;

/// <summary>What the place of a statement in its device's chain says.</summary>
internal enum ChainFinding
{
    /// <summary>The next one.</summary>
    Next,

    /// <summary>Sequence numbers are missing before it.</summary>
    Gap,

    /// <summary>Its number was used before, or its predecessor is another statement than the one we hold.</summary>
    Fork,

    /// <summary>The very statement we hold last: sent again because the acknowledgement was lost.</summary>
    Again,
}

/// <summary>The head of one device's chain. One session at a time uses it.</summary>
/// <param name="sequence">Sequence number of the head; 0 before the first statement.</param>
/// <param name="hash">Hash of the head; zero before the first.</param>
internal sealed class ChainGuard(long sequence, Digest hash)
{
    public long Sequence { get; private set; } = sequence;

    public Digest Hash { get; private set; } = hash;

    /// <summary>Judges a statement and, unless it is old, makes it the head.</summary>
    public ChainFinding Judge(Statement statement)
    {
        var chain = statement.Chain!;
        if (statement.Hash == Hash)
        {
            return ChainFinding.Again;
        }

        if (chain.Sequence <= Sequence)
        {
            return ChainFinding.Fork;
        }

        var finding = chain.Sequence > Sequence + 1 ? ChainFinding.Gap
            : chain.Previous == Hash ? ChainFinding.Next
            : ChainFinding.Fork;
        Sequence = chain.Sequence;
        Hash = statement.Hash;
        return finding;
    }
}
