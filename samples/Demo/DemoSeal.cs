using System.Globalization;

namespace Cinnabar.Demo;

/// <summary>One sealed door of the demo: its order at the station, its devices, its running program.</summary>
public sealed class DemoSeal(SealFolder folder, string number) : IAsyncDisposable
{
    private static readonly int[] s_slots = [60, 180, 300];

    private ChildProgram? _program;
    private bool _disposed;

    public SealFolder Folder => folder;

    /// <summary>Seal number.</summary>
    public string Number => number;

    public ChildProgram Program => _program ?? throw new DemoException($"The seal {number} is not running.");

    /// <summary>Orders a sealing at the station, posts the ruling, enrols a device, mounts it on a drawn door, and arms it.</summary>
    /// <param name="folder">Where the door's device nodes are made.</param>
    public static async Task<DemoSeal> SealAsync(DemoStation station, string folder, DoorOrder order, Timeline timeline, CancellationToken cancellationToken)
    {
        timeline.Step($"Sealing {order.Address}");
        var client = station.Client;
        var (number, code) = await OrderAsync(client, order.CaseNumber, order.Address, cancellationToken);
        var at = $"/api/seals/{Uri.EscapeDataString(number)}";
        await client.UploadAsync($"{at}/ruling", RulingPdf.Write(order.CaseNumber), "ruling.pdf", "application/pdf", cancellationToken);
        var nodes = new SealFolder(folder, order.Device, order.Camera);
        var door = new DemoSeal(nodes, number);
        try
        {
            await File.WriteAllTextAsync(nodes.At("seal.json"), Configuration(nodes, number, station.Uplink), cancellationToken);
            await ChildProgram.RunAsync(ChildProgram.PathOf("Seal", "cinnabar-seal"), ["--config", nodes.At("seal.json"), "--enrol", code], cancellationToken);
            await client.PostAsync($"{at}/install", Installation(order.Device), cancellationToken);
            await door.StartAsync(cancellationToken);
            await client.PostAsync($"{at}/arm", new { reason = "执行裁定" }, cancellationToken);
            return door;
        }
        catch
        {
            await door.DisposeAsync();
            throw;
        }
    }

    /// <summary>Orders a sealing.</summary>
    /// <returns>The seal's number, and the code that a device enrols with.</returns>
    public static async Task<(string Number, string Code)> OrderAsync(StationClient client, string caseNumber, string address, CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(DateTime.UtcNow.AddHours(8));
        var draft = new
        {
            caseNumber, category = "immovable", property = new { address, description = "住宅一套" },
            from = today, until = today.AddYears(1),
            parties = new[]
            {
                new { role = "officer", name = "李法官", phone = DemoWorld.OfficerPhone, language = "zh" },
                new { role = "applicant", name = "王某", phone = DemoWorld.ApplicantPhone, language = "zh" },
            },
        };
        var seal = await client.PostAsync("/api/seals", draft, cancellationToken);
        var number = seal!["sealNumber"]!.GetValue<string>();
        var enrolment = await client.PostAsync($"/api/seals/{Uri.EscapeDataString(number)}/enrolment", new { }, cancellationToken);
        return (number, enrolment!["code"]!.GetValue<string>());
    }

    /// <summary>Starts the program on the door and waits until it says that it is ready.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _program = ChildProgram.Start(
            ChildProgram.PathOf("Seal", "cinnabar-seal"), ["--config", folder.At("seal.json")], folder.At("seal.log"));
        await _program.WaitForLineAsync(line => line.StartsWith("cinnabar-seal ready", StringComparison.Ordinal), TimeSpan.FromSeconds(60), "The seal's start", cancellationToken);
    }

    /// <summary>Ends the program without warning, as a power cut or a jammer would.</summary>
    public Task KillAsync() => Program.KillAsync();

    /// <summary>Milliseconds from the trigger to the first frame captured after it, as the seal says.</summary>
    public async Task<double> FirstFrameMsAsync(CancellationToken cancellationToken)
    {
        const string name = "camera first_frame_ms=";
        var line = await Program.WaitForLineAsync(
            l => l.StartsWith(name, StringComparison.Ordinal), TimeSpan.FromSeconds(20), "The camera's first frame", cancellationToken);
        return double.Parse(line[name.Length..].Split(' ')[0], CultureInfo.InvariantCulture);
    }

    /// <summary>Milliseconds from the cut until ALSA's file held a first sample that is not silence.</summary>
    public async Task<double> FirstSampleMsAsync(long cutMicros, long lengthBefore, CancellationToken cancellationToken)
    {
        var limit = DateTime.UtcNow.AddSeconds(20);
        while (DateTime.UtcNow < limit)
        {
            if (new FileInfo(folder.Recording) is { Exists: true } file && file.Length > lengthBefore && HasSound(lengthBefore))
            {
                return ((DateTime.UtcNow.Ticks - DateTime.UnixEpoch.Ticks) / 10 - cutMicros) / 1000.0;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(1), cancellationToken);
        }

        throw new DemoException("The siren's samples did not reach the sound card's file within 20 s.");
    }

    public long RecordedLength => File.Exists(folder.Recording) ? new FileInfo(folder.Recording).Length : 0;

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        if (_program is not null)
        {
            await _program.DisposeAsync();
        }

        await folder.DisposeAsync();
    }

    /// <summary>The configuration of docs/operate/seal.md with this door's pipes and folders.</summary>
    public static string Configuration(SealFolder folder, string sealNumber, Uri uplink) => string.Create(CultureInfo.InvariantCulture, $$"""
        {
          "device": "{{folder.Device}}",
          "seal": "{{sealNumber}}",
          "station": "{{uplink.GetLeftPart(UriPartial.Authority)}}",
          "inputs": { "path": "inputs" },
          "accelerometer": { "folder": "iio", "node": "accelerometer" },
          "power": { "mainsFolder": "mains", "batteryFolder": "battery" },
          "camera": { "source": "{{folder.CameraSource}}"{{(folder.Scene is null ? "" : ", \"sourceFormat\": \"yuv4mpegpipe\"")}} },
          "audio": { "alsaConfigPath": "asoundrc" }
        }
        """);

    private static object Installation(string device) => new
    {
        deviceId = device,
        frame = new
        {
            deviceId = device, foldedWidthMm = 420, extendedWidthMm = 980, slots = s_slots,
            loop = new { fromMm = 30, toMm = 950 }, doorWidthMm = 960, doorHeightMm = 2050,
        },
    };

    private bool HasSound(long from)
    {
        using var file = new FileStream(folder.Recording, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Position = from;
        int value;
        while ((value = file.ReadByte()) >= 0)
        {
            if (value != 0)
            {
                return true;
            }
        }

        return false;
    }
}
