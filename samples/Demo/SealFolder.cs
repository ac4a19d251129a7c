using System.Runtime.InteropServices;

namespace Cinnabar.Demo;

/// <summary>One door: the device nodes of its seal as pipes and folders, its sound card as a file, its configuration.</summary>
public sealed class SealFolder : IAsyncDisposable
{
    public const ushort Strip = 0x2c0;

    private readonly string? _camera;

    public SealFolder(string folder, string device, string? camera)
    {
        Folder = folder;
        Device = device;
        _camera = camera;
        Directory.CreateDirectory(folder);
        foreach (var pipe in (string[])["inputs", "accelerometer", .. camera is null ? (string[])["camera"] : []])
        {
            MakePipe(At(pipe));
        }

        File.WriteAllText(At("asoundrc"), $$"""
            pcm.!default { type file slave.pcm { type null } file "{{Recording}}" format "raw" }
            """);
        WriteSupply("mains", ("type", "Mains"), ("online", "1"));
        WriteSupply("battery", ("type", "Battery"), ("capacity", "93"), ("status", "Full"), ("voltage_now", "12600000"));
        Inputs = new InputNode(At("inputs"));
        Accelerometer = new AccelerometerNode(At("iio"), At("accelerometer"));
        if (camera is null)
        {
            Scene = new SceneCamera(At("camera"));
        }
    }

    public string Folder { get; }

    public string Device { get; }

    public InputNode Inputs { get; }

    public AccelerometerNode Accelerometer { get; }

    /// <summary>The drawn door; null with a real camera.</summary>
    public SceneCamera? Scene { get; }

    /// <summary>What ALSA was given to play, 16-bit samples.</summary>
    public string Recording => At("played.raw");

    public string CameraSource => _camera ?? At("camera");

    public string At(string name) => Path.Combine(Folder, name);

    public async ValueTask DisposeAsync()
    {
        Inputs.Dispose();
        await Accelerometer.DisposeAsync();
        if (Scene is not null)
        {
            await Scene.DisposeAsync();
        }
    }

    private void WriteSupply(string name, params (string File, string Value)[] values)
    {
        Directory.CreateDirectory(At(name));
        foreach (var (file, value) in values)
        {
            File.WriteAllText(Path.Combine(At(name), file), value + "\n");
        }
    }

    private static void MakePipe(string path)
    {
        if (MakeFifo(path, 0x180 /* 0600 */) != 0)
        {
            throw new DemoException($"The named pipe {path} could not be made: error {Marshal.GetLastPInvokeError()}.");
        }
    }

    [DllImport("libc", EntryPoint = "mkfifo", SetLastError = true)]
    private static extern int MakeFifo([MarshalAs(UnmanagedType.LPUTF8Str)] string path, uint mode);
}
