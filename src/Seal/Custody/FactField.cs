namespace Cinnabar.Seal.Custody;

/// <summary>One named value of a fact's body: a whole number or a text, as deterministic CBOR carries them.</summary>
internal readonly record struct FactField
{
    public FactField(string name, long number) => (Name, Number) = (name, number);

    public FactField(string name, string text) => (Name, Text) = (name, text);

    public string Name { get; }

    /// <summary>The number, or null when the value is <see cref="Text"/>.</summary>
    public long? Number { get; }

    public string? Text { get; }
}
