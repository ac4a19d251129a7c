using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Cinnabar.Demo;

/// <summary>What a run has found, printed as it is found and written as JSON at the end.</summary>
public sealed class DemoReport(Timeline timeline)
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    private readonly SortedDictionary<string, Finding> _findings = [];

    /// <summary>Nothing that was expected failed to hold.</summary>
    public bool Held => _findings.Values.All(finding => finding.Value is not false);

    /// <summary>A count, or whether something held.</summary>
    /// <param name="how">How it was measured, from where to where.</param>
    public void Add(string name, object value, string how)
    {
        Keep(name, value, how);
        timeline.Note($"{name} = {value}");
    }

    /// <summary>The same, or an object of figures, which was told already.</summary>
    public void Keep(string name, object value, string how) => _findings[name] = new Finding(value, how);

    /// <summary>A time.</summary>
    /// <param name="text">What took it, for a person.</param>
    public void AddMs(string name, string text, double ms, string how)
    {
        Keep(name, Math.Round(ms, 1), how);
        timeline.Measured(text, ms);
    }

    /// <summary>Says whether all of it held, and writes the file where one is wanted.</summary>
    /// <returns>The program's exit code.</returns>
    public async Task<int> EndAsync(FileInfo? file, CancellationToken cancellationToken)
    {
        if (file is not null)
        {
            await File.WriteAllTextAsync(file.FullName, Json().ToJsonString(s_json) + "\n", cancellationToken);
        }

        timeline.Step(Held ? "All of it held." : "Something did not hold; see the report.");
        return Held ? 0 : 1;
    }

    private JsonObject Json()
    {
        var figures = new JsonObject();
        var methods = new JsonObject();
        foreach (var (name, finding) in _findings)
        {
            figures[name] = JsonSerializer.SerializeToNode(finding.Value, s_json);
            methods[name] = finding.How;
        }

        figures["held"] = Held;
        figures["how"] = methods;
        figures["machine"] = $"{Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30} GiB, {System.Runtime.InteropServices.RuntimeInformation.OSDescription}";
        return figures;
    }
}
