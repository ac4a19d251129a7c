using System.Globalization;
using System.Text;
using Cinnabar.Evidence;
using Cinnabar.Ledger.Anchors;

namespace Cinnabar.Ledger.Etcd;

/// <summary>The keys below the prefix: <c>genesis</c>, <c>a/COURT/LOG/SIZE</c>, <c>seen/COURT</c>.</summary>
internal sealed class EtcdKeys(string prefix, string court)
{
    public string All => prefix;

    public string Genesis => prefix + "genesis";

    public string Anchors => prefix + "a/";

    public string Own => $"{prefix}a/{court}/";

    public string Seen => prefix + "seen/";

    public string OwnSeen => Seen + court;

    public string LogOf(Digest log) => $"{Own}{log}/";

    /// <summary>Sixteen digits: the order of keys is the order of sizes.</summary>
    public string Of(Anchor anchor) => LogOf(anchor.Log) + anchor.Size.ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>The first key after all that begin with a text, which ends in a slash.</summary>
    public static string EndOf(string text) => text[..^1] + (char)(text[^1] + 1);

    public static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
