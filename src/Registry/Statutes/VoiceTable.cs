using System.Collections.Immutable;
using System.Text.Json;
using Cinnabar.Evidence;

namespace Cinnabar.Registry.Statutes;

/// <summary>The dated warnings of the seal, from the very file that the seal's program ships.</summary>
public static class VoiceTable
{
    private static readonly ImmutableArray<VoiceRow> s_rows =
        JsonSerializer.Deserialize(Tables.Read("voice-texts.json"), RegistryJson.Default.VoiceDocument)!.Texts;

    /// <summary>The words in force on a day, by stage; a stage without words in both languages is left out.</summary>
    public static IReadOnlyList<VoiceText> On(DateOnly day)
    {
        var inForce = s_rows.Where(r => day >= r.From && (r.Until is null || day <= r.Until)).ToLookup(r => (r.Stage, r.Language));
        return [.. inForce.Select(g => g.Key.Stage).Distinct().Order()
            .Select(stage => (Stage: stage, Zh: inForce[(stage, "zh")].FirstOrDefault(), En: inForce[(stage, "en")].FirstOrDefault()))
            .Where(s => s.Zh is not null && s.En is not null)
            .Select(s => new VoiceText(s.Stage, new BilingualText(s.Zh!.Text, s.En!.Text), s.Zh.Citations))];
    }

    internal sealed record VoiceDocument(ImmutableArray<VoiceRow> Texts);

    internal sealed record VoiceRow(int Stage, string Language, DateOnly From, DateOnly? Until, ImmutableArray<string> Citations, string Text);
}
