using System.Diagnostics;

namespace Cinnabar.Shared;

/// <summary>Data folders of courts that have founded a set and adopted its first epoch, made by the built program as operators make them.</summary>
/// <remarks>The caller's project must have the station built; the folders are the caller's to delete.</remarks>
public sealed class CourtFolders
{
    private readonly string _root;
    private readonly IReadOnlyList<CourtSpec> _specs;

    private CourtFolders(string root, IReadOnlyList<CourtSpec> specs)
    {
        _root = root;
        _specs = specs;
        Folders = [.. specs.Select((_, i) => new DirectoryInfo(Path.Combine(root, $"court-{i}")))];
    }

    /// <summary>One folder for each court, in the order of the specifications: ROOT/court-0, court-1 …</summary>
    public IReadOnlyList<DirectoryInfo> Folders { get; }

    /// <summary>The governance log, the same at every court.</summary>
    public FileInfo Governance => new(Path.Combine(Folders[0].FullName, "courts", "governance.cbor"));

    /// <summary>Sets up the courts (a folder that has been set up before is taken as it is) and founds their set.</summary>
    /// <param name="root">An existing folder; drafts and approvals lie in it beside the courts' folders.</param>
    /// <exception cref="InvalidOperationException">A command was refused; the message holds what it said.</exception>
    public static async Task<CourtFolders> FoundAsync(string root, IReadOnlyList<CourtSpec> specs, CancellationToken cancellationToken = default)
    {
        var courts = new CourtFolders(root, specs);
        await courts.EachAsync(courts.HandInAsync, cancellationToken);
        await RunAsync(["court", "propose", "--members", .. courts.Files("member"), "--out", courts.Draft], cancellationToken);
        await courts.EachAsync((i, stop) => RunAsync(
            ["court", "approve", "--data", courts.Folders[i].FullName, "--draft", courts.Draft, "--out", courts.File("approval", i)], stop), cancellationToken);
        await courts.EachAsync((i, stop) => RunAsync(
            ["court", "adopt", "--data", courts.Folders[i].FullName, "--draft", courts.Draft, "--approvals", .. courts.Files("approval")], stop), cancellationToken);
        return courts;
    }

    private string Draft => Path.Combine(_root, "draft-1.cbor");

    private IEnumerable<string> Files(string kind) => _specs.Select((_, i) => File(kind, i));

    private string File(string kind, int court) => Path.Combine(_root, $"{kind}-{court}.cbor");

    /// <summary>As many courts at a time as there are processors: each command is a program that starts, works and ends.</summary>
    private Task EachAsync(Func<int, CancellationToken, Task> work, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        Enumerable.Range(0, _specs.Count), cancellationToken, async (court, stop) => await work(court, stop));

    private async Task HandInAsync(int court, CancellationToken cancellationToken)
    {
        var (spec, data) = (_specs[court], Folders[court]);
        if (!System.IO.File.Exists(Path.Combine(data.FullName, "court.json")))
        {
            await RunAsync(
                ["init", "--data", data.FullName, "--court", spec.Name, "--court-en", spec.English, "--code", spec.Code, "--origin", spec.Origin], cancellationToken);
        }

        await RunAsync(["court", "member", "--data", data.FullName, "--endpoint", spec.Endpoint, "--epoch", "1", "--out", File("member", court)], cancellationToken);
    }

    private static async Task RunAsync(IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        // artifacts/bin/<project>/<configuration>: the station of the same configuration as this program.
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        var program = Path.Combine(own.Parent!.Parent!.FullName, "Station", own.Name, "cinnabar-station");
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(cancellationToken), process.StandardError.ReadToEndAsync(cancellationToken));
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{string.Join(' ', arguments)} ended with {process.ExitCode}: {await output}{await errors}");
        }
    }
}
