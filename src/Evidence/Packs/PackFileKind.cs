namespace Cinnabar.Evidence.Packs;

/// <summary>What a file in a pack is, as its name says.</summary>
public enum PackFileKind
{
    /// <summary><c>README.txt</c>, <c>index.html</c>, <c>manifest.cbor</c>, <c>roster.cbor</c> or <c>checkpoint.txt</c>.</summary>
    Document,

    /// <summary><c>statements/(hash).cose</c>.</summary>
    Statement,

    /// <summary><c>receipts/(hash of the statement).cbor</c>.</summary>
    Receipt,

    /// <summary><c>originals/(hash).(jpg|mp4|pdf|bin)</c>.</summary>
    Original,
}
