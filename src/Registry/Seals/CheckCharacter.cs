namespace Cinnabar.Registry.Seals;

/// <summary>The check character of ISO 7064, system MOD 37,36 (hybrid), over 0 to 9 and A to Z.</summary>
/// <remarks>Finds every single wrong character and every swap of neighbours, which is how people misread a number aloud.</remarks>
internal static class CheckCharacter
{
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    /// <summary>The character that makes the text pass.</summary>
    /// <param name="text">Characters of the alphabet only.</param>
    public static char Of(ReadOnlySpan<char> text)
    {
        var product = Alphabet.Length;
        foreach (var c in text)
        {
            var sum = (product + Alphabet.IndexOf(c, StringComparison.Ordinal)) % Alphabet.Length;
            product = (sum == 0 ? Alphabet.Length : sum) * 2 % (Alphabet.Length + 1);
        }

        return Alphabet[(Alphabet.Length + 1 - product) % Alphabet.Length];
    }
}
