using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cinnabar.Seal.Voice;

/// <summary>
/// The table of dated warnings. Law is data: articles were renumbered in 2022, and a seal of July 2020
/// must still quote the numbers of its day.
/// </summary>
internal sealed partial class VoiceTexts
{
    private VoiceTexts(Document document)
    {
        Sources = document.Sources.ToImmutableDictionary(StringComparer.Ordinal);
        All = [.. document.Texts];
        Check();
    }

    /// <summary>Statute versions by key: what a citation points to.</summary>
    public ImmutableDictionary<string, string> Sources { get; }

    public ImmutableArray<VoiceText> All { get; }

    /// <summary>The table shipped with the program.</summary>
    public static VoiceTexts Shipped()
    {
        using var stream = typeof(VoiceTexts).Assembly.GetManifestResourceStream("voice-texts.json")
            ?? throw new InvalidDataException("voice-texts.json is not embedded in the program.");
        return Read(stream);
    }

    /// <exception cref="InvalidDataException">Malformed, an unknown citation, or two texts for one day, stage and language.</exception>
    public static VoiceTexts Read(Stream json)
    {
        try
        {
            var document = JsonSerializer.Deserialize(json, Json.Default.Document)
                ?? throw new InvalidDataException("The voice texts are empty.");
            return new VoiceTexts(document);
        }
        catch (JsonException error)
        {
            throw new InvalidDataException("The voice texts are malformed: " + error.Message, error);
        }
    }

    /// <summary>The one text in force on this day, or null when there is none.</summary>
    public VoiceText? Find(int stage, string language, DateOnly day) =>
        All.FirstOrDefault(text => text.Stage == stage && text.Language == language && text.IsInForce(day));

    private void Check()
    {
        for (var first = 0; first < All.Length; first++)
        {
            var text = All[first];
            if (text.Stage is < 1 or > 3 || text.Text.Length == 0 || text.Until < text.From)
            {
                throw new InvalidDataException($"Voice text {text.Id} has no stage 1…3, no words, or ends before it begins.");
            }

            foreach (var citation in text.Citations)
            {
                if (!Sources.ContainsKey(citation.Split(':')[0]))
                {
                    throw new InvalidDataException($"Voice text {text.Id} cites {citation}, whose statute is not among the sources.");
                }
            }

            if (All.Skip(first + 1).FirstOrDefault(other => Overlaps(text, other)) is { } twin)
            {
                throw new InvalidDataException($"Voice texts {text.Id} and {twin.Id} are in force on the same day.");
            }
        }
    }

    private static bool Overlaps(VoiceText one, VoiceText other) =>
        one.Id == other.Id
        || (one.Stage == other.Stage
            && one.Language == other.Language
            && one.From <= (other.Until ?? DateOnly.MaxValue)
            && other.From <= (one.Until ?? DateOnly.MaxValue));

    internal sealed record Document(string About, Dictionary<string, string> Sources, VoiceText[] Texts);

    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true)]
    [JsonSerializable(typeof(Document))]
    private sealed partial class Json : JsonSerializerContext;
}
