using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Diagnostics;
using Cinnabar.Evidence.Cbor;

namespace Cinnabar.Seal.Tests.EndToEnd;

/// <summary>The built program in a folder of its own: a pipe as its input node, ALSA's file device as its sound card.</summary>
internal sealed class TestSeal : IAsyncDisposable
{
    public const string Device = "d-1";
    public const string Number = "S-1";
    public const ushort Strip = 0x2c0;
    public const ushort Door = 0x2c1;
    public const ushort Approach = 0x0b;

    private readonly FileStream _input;
    private Process? _process;

    public TestSeal()
    {
        Folder = Directory.CreateTempSubdirectory("cinnabar-seal-").FullName;
        using (var mkfifo = Process.Start("mkfifo", [Path.Combine(Folder, "input")]))
        {
            mkfifo.WaitForExit();
        }

        _input = new FileStream(Path.Combine(Folder, "input"), new FileStreamOptions
        {
            Mode = FileMode.Open, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite, BufferSize = 0,
        });
        File.WriteAllText(Path.Combine(Folder, "alsa.conf"), $"pcm.!default {{ type file slave.pcm {{ type null }} file \"{Sound}\" format \"raw\" }}");
    }

    public string Folder { get; }

    public string Sound => Path.Combine(Folder, "sound.raw");

    public string JournalFolder => Path.Combine(Folder, "state", "journal");

    public string PinnedFolder => Path.Combine(Folder, "keys", "pinned");

    public ConcurrentQueue<string> Lines { get; } = [];

    public ConcurrentQueue<string> Errors { get; } = [];

    /// <summary>True when the sound device was given anything but silence.</summary>
    public bool IsSounding => File.Exists(Sound) && ReadSound().AsSpan().ContainsAnyExcept((byte)0);

    public void Configure(string station, string more = "") => File.WriteAllText(Path.Combine(Folder, "seal.json"), $$"""
        {
          "device": "{{Device}}", "seal": "{{Number}}", "station": "{{station}}",
          "inputs": { "path": "input" },
          "audio": { "alsaConfigPath": "alsa.conf" },
          "languages": ["en"],
          "uplink": { "reconnectFirst": "00:00:00.0500000", "reconnectMax": "00:00:00.2000000", "heartbeatInterval": "00:00:01", "silenceMax": "00:00:03" }
          {{more}}
        }
        """);

    /// <summary>Runs a mode that ends by itself.</summary>
    public async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(StartInfo(arguments))!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await error);
    }

    /// <summary>Makes a key and enrols with a station.</summary>
    public async Task EnrolAsync(TestStation station, TestCourt court, string more = "")
    {
        Configure(station.Address, more);
        Assert.Equal(0, (await RunAsync("--generate-key")).Code);
        var enrolled = await RunAsync("--enrol", court.FullCode(station.OneTimeCode), station.Address);
        Assert.True(enrolled.Code == 0, enrolled.Error);
    }

    /// <summary>Starts the program and waits for its ready line.</summary>
    public async Task StartAsync()
    {
        Lines.Clear();
        _process = Process.Start(StartInfo())!;
        _process.OutputDataReceived += (_, line) => Lines.Enqueue(line.Data ?? "");
        _process.ErrorDataReceived += (_, line) => Errors.Enqueue(line.Data ?? "");
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await WaitForLineAsync("cinnabar-seal ready");
    }

    public async Task<string> WaitForLineAsync(string part)
    {
        await TestStation.WaitAsync(
            () => Lines.Any(line => line.Contains(part, StringComparison.Ordinal)) || _process!.HasExited, $"'{part}' in {string.Join('\n', Lines)}");
        return Lines.FirstOrDefault(line => line.Contains(part, StringComparison.Ordinal))
            ?? throw new InvalidOperationException("The seal ended: " + string.Join('\n', Errors));
    }

    /// <summary>Settings with a legal end tomorrow, then armed.</summary>
    public static async Task ArmAsync(TestStation station, TestCourt court)
    {
        var end = CborValue.Integer(DateTimeOffset.UtcNow.AddDays(1).ToUnixTimeMilliseconds());
        var settings = court.Sign("settings", Number, CborValue.Map(
            ("device", CborValue.Text(Device)), ("version", CborValue.Integer(1)), ("legal_until", end)));
        await station.SendCommandAsync(settings.Bytes);
        await station.SendCommandAsync(court.Command("command.arm", Device, Number).Bytes);
        await station.WaitForAsync("armed");
    }

    /// <summary>One edge on the input node, as the kernel writes it.</summary>
    public void Edge(ushort code, bool active, ushort type = 1)
    {
        Span<byte> bytes = stackalloc byte[48];
        var micros = (DateTimeOffset.UtcNow.Ticks - DateTimeOffset.UnixEpoch.Ticks) / 10;
        foreach (var at in (int[])[0, 24])
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes[at..], micros / 1_000_000);
            BinaryPrimitives.WriteInt64LittleEndian(bytes[(at + 8)..], micros % 1_000_000);
        }

        BinaryPrimitives.WriteUInt16LittleEndian(bytes[16..], type);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[18..], code);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[20..], active ? 1 : 0);
        _input.Write(bytes);
    }

    public void Cut() => Edge(Strip, active: true);

    public void Restore() => Edge(Strip, active: false);

    /// <summary>The programs that the seal has started and that run now.</summary>
    public IReadOnlyList<(int Id, string Name)> Children() =>
    [
        .. Directory.GetDirectories($"/proc/{_process!.Id}/task")
            .SelectMany(task => File.ReadAllText(Path.Combine(task, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Select(id => (int.Parse(id, System.Globalization.CultureInfo.InvariantCulture), File.ReadAllText($"/proc/{id}/comm").Trim())),
    ];

    /// <summary>Ends the program as a service manager would.</summary>
    public async Task StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process!.Id}"]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(_process.ExitCode == 0, string.Join('\n', Errors));
    }

    /// <summary>Ends the program as a power cut would.</summary>
    public async Task KillAsync()
    {
        _process!.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process?.Dispose();
        await _input.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private byte[] ReadSound()
    {
        using var file = new FileStream(Sound, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

    private ProcessStartInfo StartInfo(params string[] more)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };

        // What a killed program leaves in its temporary folder goes with this one.
        start.Environment["TMPDIR"] = Folder;
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "cinnabar-seal.dll"));
        start.ArgumentList.Add("--config");
        start.ArgumentList.Add(Path.Combine(Folder, "seal.json"));
        foreach (var argument in more)
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }
}
