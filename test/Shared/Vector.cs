using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cinnabar.Shared;

/// <summary>One golden vector: bytes, what they are judged with, and the verdict they must get. See vectors/README.md.</summary>
public sealed record Vector
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NewLine = "\n",
    };

    /// <summary>File name without ".json".</summary>
    [JsonIgnore]
    public string Name { get; init; } = "";

    /// <summary>What the bytes are and, when spoiled, in which one way.</summary>
    public required string Description { get; init; }

    /// <summary>Verdict number; 0 is valid.</summary>
    public required int Verdict { get; init; }

    /// <summary>The verdict's name in the enum.</summary>
    public required string VerdictName { get; init; }

    /// <summary>Which reader judges the bytes, where a folder has several.</summary>
    public string? Reader { get; init; }

    /// <summary>Byte offset of a CBOR refusal.</summary>
    public int? Offset { get; init; }

    /// <summary>COSE_Key, hexadecimal, that the checker trusts.</summary>
    public string? Key { get; init; }

    /// <summary>Name of the log the checker trusts.</summary>
    public string? Origin { get; init; }

    /// <summary>The log entry that a receipt is for, hexadecimal.</summary>
    public string? Entry { get; init; }

    /// <summary>Roster pinned by the checker, hexadecimal; absent when none is.</summary>
    public string? Roster { get; init; }

    /// <summary>Document of the epoch whose courts are counted, hexadecimal.</summary>
    public string? Epoch { get; init; }

    /// <summary>Codes of the courts that vouch, in the order of the epoch.</summary>
    public IReadOnlyList<string>? Vouchers { get; init; }

    /// <summary>Codes of those of them whom the pinned roster confirms, in the order of the epoch; of packs.</summary>
    public IReadOnlyList<string>? Known { get; init; }

    /// <summary>The bytes, hexadecimal; absent in the JSON when they stand in <see cref="File"/>.</summary>
    public string? Hex { get; init; }

    /// <summary>Name of the file beside this one that holds the bytes.</summary>
    public string? File { get; init; }

    /// <summary>Reads the bytes, from <see cref="Hex"/> or the file beside.</summary>
    public byte[] Bytes(string folder) =>
        File is null ? Convert.FromHexString(Hex!) : System.IO.File.ReadAllBytes(Repository.Path("vectors", folder, File));

    /// <summary>All vectors of a folder, by name.</summary>
    public static IReadOnlyList<Vector> ReadAll(string folder) =>
        [.. Directory.GetFiles(Repository.Path("vectors", folder), "*.json").Order(StringComparer.Ordinal).Select(Read)];

    /// <summary>One vector of a folder.</summary>
    public static Vector Read(string folder, string name) => Read(Repository.Path("vectors", folder, name + ".json"));

    /// <summary>The text of the vector's own file; bytes that stand in <see cref="File"/> are left out.</summary>
    public string ToJson() => JsonSerializer.Serialize(File is null ? this : this with { Hex = null }, s_json) + "\n";

    /// <summary>The files of this vector, by name: its own, and that with the bytes if they stand beside it.</summary>
    public IReadOnlyDictionary<string, byte[]> Files()
    {
        var files = new Dictionary<string, byte[]> { [Name + ".json"] = System.Text.Encoding.UTF8.GetBytes(ToJson()) };
        if (File is not null)
        {
            files[File] = Convert.FromHexString(Hex!);
        }

        return files;
    }

    private static Vector Read(string path) =>
        JsonSerializer.Deserialize<Vector>(System.IO.File.ReadAllText(path), s_json)! with { Name = Path.GetFileNameWithoutExtension(path) };
}
