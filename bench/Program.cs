using System.Text.Json;

namespace Cinnabar.Bench;

internal static class Program
{
    private static readonly JsonSerializerOptions s_json = new() { WriteIndented = true };

    private static async Task<int> Main(string[] args)
    {
        if (args is not ["ledger", ..])
        {
            await Console.Error.WriteLineAsync("bench ledger [runs] [statements per run] [folder]");
            return 2;
        }
        var runs = args.Length > 1 ? int.Parse(args[1], null) : 3;
        var statements = args.Length > 2 ? int.Parse(args[2], null) : 100_000;
        var result = await LedgerBench.RunAsync(runs, statements, args.Length > 3 ? args[3] : null, CancellationToken.None);
        Console.WriteLine(JsonSerializer.Serialize(result, s_json));
        return 0;
    }
}
