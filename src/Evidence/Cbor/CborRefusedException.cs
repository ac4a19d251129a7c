namespace Cinnabar.Evidence.Cbor;

/// <summary>Input that is not in the deterministic subset: where it broke which rule.</summary>
public sealed class CborRefusedException : FormatException
{
    /// <summary>Names the rule and the place.</summary>
    /// <param name="rule">The broken rule.</param>
    /// <param name="offset">Offset in bytes of the offending item from the start of the input.</param>
    public CborRefusedException(CborRule rule, int offset)
        : base($"CBOR refused at byte {offset}: {rule}.")
    {
        Rule = rule;
        Offset = offset;
    }

    /// <summary>The broken rule.</summary>
    public CborRule Rule { get; }

    /// <summary>Offset in bytes of the offending item from the start of the input.</summary>
    public int Offset { get; }
}
