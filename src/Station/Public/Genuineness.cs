namespace Cinnabar.Station.Public;

/// <summary>What the code that was scanned says of the sticker.</summary>
public enum Genuineness
{
    /// <summary>No code was scanned; the number was typed.</summary>
    Unchecked,

    /// <summary>The court signed this code for this seal.</summary>
    Genuine,

    /// <summary>The court did not sign it.</summary>
    False,
}
