using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Cinnabar.Seal.Camera;
using Cinnabar.Seal.Journal;
using Cinnabar.Seal.Sensors;
using Cinnabar.Seal.Voice;
using Cinnabar.Uplink;

namespace Cinnabar.Seal;

/// <summary>The configuration file of a seal; docs/operate/seal.md shows one. Every path in it is relative to the file.</summary>
internal sealed partial record SealOptions
{
    private static readonly string[] s_optionalSections = ["inputs", "accelerometer", "power", "camera", "speech"];

    private static readonly SealOptions s_defaults = new()
    {
        Device = "", Seal = "", Station = "", Inputs = new() { Path = "" }, Accelerometer = new() { Folder = "", Node = "" }, Power = new(),
        Camera = new() { Source = "" }, Speech = new() { CacheFolder = "" },
    };

    /// <summary>Id of this device, as the court knows it.</summary>
    public required string Device { get; init; }

    /// <summary>Number of the seal it guards.</summary>
    public required string Seal { get; init; }

    /// <summary>The station's uplink, <c>https://host:port</c>.</summary>
    public required string Station { get; init; }

    /// <summary>Folder of the device's key and of what the court gave at enrolment; nobody else may enter it.</summary>
    public string Keys { get; init; } = "keys";

    /// <summary>Folder of journal, pictures not yet delivered, standing orders and synthesised speech.</summary>
    public string State { get; init; } = "state";

    /// <summary>Strip loop, door, cover, wall switch, approach sensor; null without.</summary>
    public InputEventOptions? Inputs { get; init; }

    /// <summary>Impact and tilt; null without.</summary>
    public AccelerometerOptions? Accelerometer { get; init; }

    /// <summary>Mains and battery; null without.</summary>
    public PowerSupplyOptions? Power { get; init; }

    /// <summary>The camera; null without.</summary>
    public CameraOptions? Camera { get; init; }

    /// <summary>Siren and voice.</summary>
    public AudioOptions Audio { get; init; } = new();

    /// <summary>Speech; null means espeak-ng with a cache in the state folder.</summary>
    public SpeechOptions? Speech { get; init; }

    /// <summary>Languages of the warnings until the court's settings name others, in the order spoken.</summary>
    public ImmutableArray<string> Languages { get; init; } = ["zh", "en"];

    /// <summary>How long after the last trigger video is kept and sent, 10…3600 s.</summary>
    public int RecordSeconds { get; init; } = 60;

    /// <summary>Video of an event held in memory until the court has confirmed it, 1…512 MiB.</summary>
    public int RecordMebibytes { get; init; } = 32;

    public JournalOptions Journal { get; init; } = new();

    public UplinkLimits Uplink { get; init; } = new();

    [JsonIgnore]
    public Uri StationAddress => new(Station);

    /// <summary>Reads and checks a file.</summary>
    /// <exception cref="SealOptionsException">Everything that is wrong with it, one line each.</exception>
    public static SealOptions Read(string path)
    {
        try
        {
            var options = Parse(File.ReadAllText(path));
            var errors = options.Errors();
            return errors.Count == 0
                ? options.RelativeTo(Path.GetDirectoryName(Path.GetFullPath(path))!)
                : throw new SealOptionsException([.. errors.Select(error => $"{path}: {error}")]);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new SealOptionsException([$"{path}: {e.Message}"]);
        }
    }

    // Generated deserialisers leave out the initialisers of init-only properties: so the defaults, written out, are
    // what the file is laid over.
    private static SealOptions Parse(string text)
    {
        var lenient = new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
        var file = JsonNode.Parse(text, documentOptions: lenient) as JsonObject ?? throw new JsonException("The configuration is not an object.");
        var defaults = (JsonObject)JsonSerializer.SerializeToNode(s_defaults, ConfigurationJson.Default.SealOptions)!;
        foreach (var section in s_optionalSections.Where(section => file[section] is null))
        {
            defaults[section] = null;
        }

        LayOver(defaults, file);
        return defaults.Deserialize(ConfigurationJson.Default.SealOptions)!;
    }

    private static void LayOver(JsonObject under, JsonObject over)
    {
        foreach (var (name, value) in over)
        {
            if (value is JsonObject inner && under[name] is JsonObject below)
            {
                LayOver(below, inner);
            }
            else
            {
                under[name] = value?.DeepClone();
            }
        }
    }

    private List<string> Errors()
    {
        var errors = new List<string>();
        Require(errors, Device.Length is > 0 and <= 100 && !Device.Any(char.IsWhiteSpace), "device is 1 to 100 characters without spaces");
        Require(errors, Seal.Length is > 0 and <= 100 && !Seal.Any(char.IsControl), "seal is 1 to 100 characters");
        Require(
            errors, Uri.TryCreate(Station, UriKind.Absolute, out var station) && station.Scheme is "https" or "wss",
            "station is an address like https://court.example:8443");
        Require(errors, RecordSeconds is >= 10 and <= 3600, "recordSeconds is 10…3600 s");
        Require(errors, RecordMebibytes is >= 1 and <= 512, "recordMebibytes is 1…512 MiB");
        Require(errors, !Languages.IsDefaultOrEmpty, "languages names at least one");
        Add(errors, "inputs", Inputs?.Errors());
        Add(errors, "accelerometer", Accelerometer?.Errors());
        Add(errors, "power", Power?.Errors());
        Add(errors, "camera", Camera?.Problems());
        Add(errors, "audio", Audio.Errors());
        Add(errors, "speech", Speech?.Errors());
        return errors;
    }

    private SealOptions RelativeTo(string folder) => this with
    {
        Keys = Path.Combine(folder, Keys),
        State = Path.Combine(folder, State),
        Inputs = Inputs is null ? null : Inputs with { Path = Path.Combine(folder, Inputs.Path) },
        Accelerometer = Accelerometer is null ? null : Accelerometer with
        {
            Folder = Path.Combine(folder, Accelerometer.Folder), Node = Path.Combine(folder, Accelerometer.Node),
        },
        Power = Power is null ? null : Power with
        {
            MainsFolder = Power.MainsFolder is null ? null : Path.Combine(folder, Power.MainsFolder),
            BatteryFolder = Power.BatteryFolder is null ? null : Path.Combine(folder, Power.BatteryFolder),
        },
        Camera = Camera is null || Camera.Source.Contains(':', StringComparison.Ordinal)
            ? Camera
            : Camera with { Source = Path.Combine(folder, Camera.Source) },
        Audio = Audio.AlsaConfigPath is null ? Audio : Audio with { AlsaConfigPath = Path.Combine(folder, Audio.AlsaConfigPath) },
        Speech = Speech is null
            ? new SpeechOptions { CacheFolder = Path.Combine(folder, State, "speech") }
            : Speech with { CacheFolder = Path.Combine(folder, Speech.CacheFolder) },
    };

    private static void Require(List<string> errors, bool holds, string rule)
    {
        if (!holds)
        {
            errors.Add(rule + ".");
        }
    }

    private static void Add(List<string> errors, string part, IEnumerable<string>? problems) =>
        errors.AddRange((problems ?? []).Select(problem => $"{part}: {problem}"));

    [JsonSourceGenerationOptions(
        PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        UseStringEnumConverter = true,
        RespectNullableAnnotations = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.Never)]
    [JsonSerializable(typeof(SealOptions))]
    private sealed partial class ConfigurationJson : JsonSerializerContext;
}
