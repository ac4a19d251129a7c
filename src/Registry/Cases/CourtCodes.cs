using System.Collections.Frozen;
using System.Text.Json;
using Cinnabar.Evidence;

namespace Cinnabar.Registry.Cases;

/// <summary>Courts known by name. A table with gaps: what is not in it is warned about, never refused.</summary>
public static class CourtCodes
{
    private static readonly FrozenDictionary<string, BilingualText> s_known =
        JsonSerializer.Deserialize(Tables.Read("courts.json"), RegistryJson.Default.CourtRowArray)!
            .ToFrozenDictionary(r => r.Code, r => r.Name);

    /// <summary>The court's name, or null when the table does not know the code.</summary>
    public static BilingualText? Find(CourtCode code) => s_known.GetValueOrDefault(code.Value);

    internal sealed record CourtRow(string Code, BilingualText Name);
}
