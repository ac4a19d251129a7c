using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Cinnabar.Station.Setup;
using Cinnabar.Station.Tests.Hosting;

namespace Cinnabar.Station.Tests.Setup;

public sealed class RunCommandTests : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("cinnabar-station-");

    public RunCommandTests() => InitCommand.Make(_data, TestCourt.Identity);

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task PortThatIsTaken_EndsTheStartWithThatOneSentence()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "cinnabar-station.dll"), "run", "--data", _data.FullName])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["CINNABAR_Station__ConsoleEndpoint"] = other.LocalEndpoint.ToString();
        start.Environment["CINNABAR_Station__UplinkEndpoint"] = "127.0.0.1:0";
        using var station = Process.Start(start)!;

        var (output, errors) = (station.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), station.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await station.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(1, station.ExitCode);
        Assert.Contains("The station does not start: ", await errors, StringComparison.Ordinal);
        Assert.DoesNotContain("BackgroundService failed", await output + await errors, StringComparison.Ordinal);
    }
}
