using System.Text.Json;
using Cinnabar.Evidence.Anchoring;
using Cinnabar.Evidence.Verification;

namespace Cinnabar.Cli;

/// <summary>Which courts vouch, and which anchor holds it, for a program to read. Nothing is written of what is not there.</summary>
internal static class CourtsJson
{
    public static void Write(Utf8JsonWriter json, PackFinality? finality)
    {
        if (finality is null)
        {
            return;
        }

        json.WriteStartObject("finality");
        json.WriteNumber("epoch", finality.Epoch.Number);
        json.WriteString("epochHash", finality.Epoch.Hash.ToString());
        json.WriteNumber("needed", finality.Epoch.Quorum.Needed);
        json.WriteNumber("voices", finality.Voices);
        json.WriteNumber("knownVoices", finality.KnownVoices);
        json.WriteNumber("size", finality.Size);
        json.WriteNumber("medianTimeSeconds", finality.MedianTimeSeconds ?? 0);
        json.WriteStartArray("courts");
        foreach (var voice in finality.Courts)
        {
            Write(json, voice);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, AnchorExcerpt? anchor)
    {
        if (anchor is null)
        {
            return;
        }

        json.WriteStartObject("anchor");
        json.WriteString("identity", anchor.Identity);
        json.WriteString("reference", anchor.Reference);
        json.WriteNumber("size", anchor.Size);
        json.WriteString("chain", anchor.Segment.ToString());
        json.WriteNumber("number", anchor.Number);
        json.WriteString("hash", anchor.Hash.ToString());
        json.WriteNumber("lastNumber", anchor.LastNumber);
        json.WriteString("lastHash", anchor.LastHash.ToString());
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, CourtVoice voice)
    {
        json.WriteStartObject();
        json.WriteString("code", voice.Court.Code);
        json.WriteString("name", voice.Court.Name.Zh);
        json.WriteString("origin", voice.Court.Origin);
        json.WriteString("genesis", voice.Court.Genesis.ToString());
        json.WriteString("standing", JsonNamingPolicy.CamelCase.ConvertName(voice.Standing.ToString()));
        json.WriteBoolean("vouches", voice.TimeSeconds is not null);
        if (voice.TimeSeconds is { } seconds)
        {
            json.WriteNumber("timeSeconds", seconds);
        }

        json.WriteEndObject();
    }
}
