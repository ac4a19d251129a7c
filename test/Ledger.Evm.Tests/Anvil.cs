using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cinnabar.Shared;

namespace Cinnabar.Ledger.Evm.Tests;

/// <summary>A real EVM node: anvil, from npm, on a port of its own. Every start is another chain: its genesis holds the time.</summary>
internal sealed class Anvil : IAsyncDisposable
{
    public const long ChainId = 31337;

    private static readonly string s_folder = Repository.Path("test", "Ledger.Evm.Tests", "node");

    // The first accounts of the mnemonic "test test … junk", which every development node pays out.
    private static readonly string[] s_secrets =
    [
        "ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80",
        "59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d",
        "5de4111afa1a4b94908f83103eb1f1706367c2e68ca870fc3fb9a804cdab365a",
        "7c852118294e51e653712a81e05800f419141751be58f605c371e15141b007a6",
    ];

    private readonly Process _process;

    private Anvil(Process process, Uri endpoint)
    {
        _process = process;
        Endpoint = endpoint;
    }

    public Uri Endpoint { get; }

    public static HttpClient Http { get; } = new();

    /// <summary>The key of a court: 0, 1, 2; 3 is the deployer's.</summary>
    public static EvmKey Key(int number) => new(Convert.FromHexString(s_secrets[number]));

    public static async Task<Anvil> StartAsync(params string[] arguments)
    {
        NodePackage.Install(s_folder);
        var program = Path.Combine(s_folder, "node_modules", "@foundry-rs", "anvil-linux-amd64", "bin", "anvil");
        var process = new Process
        {
            StartInfo = new ProcessStartInfo(program, ["--port", "0", "--accounts", "4", "--threads", "1", .. arguments]) { RedirectStandardOutput = true },
        };
        process.Start();
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("Listening on ", StringComparison.Ordinal))
            {
                // Read on, or the pipe fills and the node stops.
                _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
                return new Anvil(process, new Uri("http://" + line["Listening on ".Length..].Trim()));
            }
        }

        throw new InvalidOperationException("anvil did not start.");
    }

    /// <summary>A call past every engine: what the chain does by itself, or an attacker with the node's own hands.</summary>
    public async Task<JsonElement> CallAsync(string method, params JsonNode?[] parameters)
    {
        var request = new JsonObject { ["jsonrpc"] = "2.0", ["id"] = 1, ["method"] = method, ["params"] = new JsonArray(parameters) };
        using var response = await Http.PostAsJsonAsync(Endpoint, request, TestContext.Current.CancellationToken);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        return answer.TryGetProperty("result", out var result) ? result : throw new InvalidOperationException(answer.GetRawText());
    }

    public Task MineAsync(int blocks) => CallAsync("anvil_mine", "0x" + blocks.ToString("x", System.Globalization.CultureInfo.InvariantCulture));

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }
}
