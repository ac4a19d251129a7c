namespace Cinnabar.Evidence.Packs;

/// <summary>What a file in a pack is, as its name says.</summary>
public enum PackFileKind
{
    /// <summary><c>README.txt</c>, <c>index.html</c>, or one of <c>manifest</c>, <c>roster</c>, <c>governance</c>, <c>anchor</c> (<c>.cbor</c>) and <c>checkpoint.txt</c>.</summary>
    Document,

    /// <summary><c>statements/(hash).cose</c>.</summary>
    Statement,

    /// <summary><c>receipts/(hash of the statement).cbor</c>.</summary>
    Receipt,

    /// <summary><c>originals/(hash).(jpg|mp4|pdf|bin)</c>.</summary>
    Original,
}
