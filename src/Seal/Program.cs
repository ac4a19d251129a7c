using System.Runtime.InteropServices;
using Cinnabar.Seal;
using Cinnabar.Seal.Keys;
using Cinnabar.Seal.Reflex;
using Cinnabar.Uplink;

const string usage = "usage: cinnabar-seal --config FILE [--generate-key | --enrol CODE [URL]]";
using var stop = new CancellationTokenSource();
Action<PosixSignalContext> onSignal = signal => { signal.Cancel = true; stop.Cancel(); };
using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, onSignal);
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, onSignal);
try
{
    switch (args)
    {
        case ["--config", var file]:
            await using (var log = new SealLog(Console.Out))
            await using (var seal = new SealRuntime(SealOptions.Read(file), TimeProvider.System, log))
            {
                await seal.RunAsync(stop.Token);
            }

            return 0;
        case ["--config", var file, "--generate-key"]:
            Console.WriteLine("key " + KeyFolder.Generate(SealOptions.Read(file).Keys).Thumbprint);
            return 0;
        case ["--config", var file, "--enrol", var code, .. var url] when url.Length <= 1 && url.All(u => Uri.IsWellFormedUriString(u, UriKind.Absolute)):
            await Enrolment.RunAsync(SealOptions.Read(file), code, url is [var station] ? new Uri(station) : null, stop.Token);
            Console.WriteLine("enrolled");
            return 0;
        default:
            Console.Error.WriteLine(usage);
            return 2;
    }
}
catch (Exception e) when (e is SealOptionsException or KeyRefusedException or UplinkClientRefusedException or IOException or HttpRequestException or FormatException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
