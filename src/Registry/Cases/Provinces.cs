using System.Collections.Frozen;

namespace Cinnabar.Registry.Cases;

/// <summary>The one-character names of provinces in court codes, and the two-digit codes of GB/T 2260 behind them.</summary>
internal static class Provinces
{
    private static readonly FrozenDictionary<char, string> s_ascii = new Dictionary<char, string>
    {
        ['京'] = "11", ['津'] = "12", ['冀'] = "13", ['晋'] = "14", ['内'] = "15", ['辽'] = "21", ['吉'] = "22", ['黑'] = "23",
        ['沪'] = "31", ['苏'] = "32", ['浙'] = "33", ['皖'] = "34", ['闽'] = "35", ['赣'] = "36", ['鲁'] = "37", ['豫'] = "41",
        ['鄂'] = "42", ['湘'] = "43", ['粤'] = "44", ['桂'] = "45", ['琼'] = "46", ['渝'] = "50", ['川'] = "51", ['黔'] = "52",
        ['云'] = "53", ['藏'] = "54", ['陕'] = "61", ['甘'] = "62", ['青'] = "63", ['宁'] = "64", ['新'] = "65",

        // No divisions of their own: letters of ours, so that no province is meant twice.
        ['兵'] = "BT", ['军'] = "JF",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, char> s_ofDivision = s_ascii.ToFrozenDictionary(p => p.Value, p => p.Key);

    public static bool Contains(char province) => s_ascii.ContainsKey(province);

    public static string Ascii(char province) => s_ascii[province];

    public static string? OfDivision(string firstTwo) =>
        char.IsAsciiDigit(firstTwo[0]) && s_ofDivision.TryGetValue(firstTwo, out var province) ? province.ToString() : null;
}
