using System.Collections.Concurrent;
using System.Diagnostics;
using Cinnabar.Seal.Custody;

namespace Cinnabar.Seal.Tests.Sensors;

/// <summary>A folder with named pipes and attribute files in place of device nodes and sysfs, and what was read from them.</summary>
internal sealed class StandIn : IDisposable
{
    private readonly BlockingCollection<Reading> _readings = [];

    public string Folder { get; } = Directory.CreateTempSubdirectory("seal-node-").FullName;

    public string Node => Path.Combine(Folder, "node");

    public void Emit(Reading reading) => _readings.Add(reading);

    public StandIn WithPipe()
    {
        using var mkfifo = Process.Start("mkfifo", Node);
        mkfifo.WaitForExit();
        Assert.Equal(0, mkfifo.ExitCode);
        return this;
    }

    /// <summary>Opens, writes and closes, as a feeder does that comes and goes.</summary>
    public void Feed(params byte[] bytes)
    {
        using var pipe = new FileStream(Node, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        pipe.Write(bytes);
    }

    public void Attribute(string name, string value)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, value + "\n");
    }

    public string Attribute(string name) => File.ReadAllText(Path.Combine(Folder, name)).Trim();

    public Reading Next()
    {
        Assert.True(_readings.TryTake(out var reading, TimeSpan.FromSeconds(20)), "no reading came");
        return reading;
    }

    public T Next<T>()
        where T : Reading => Assert.IsType<T>(Next());

    public bool IsDrained => _readings.Count == 0;

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
