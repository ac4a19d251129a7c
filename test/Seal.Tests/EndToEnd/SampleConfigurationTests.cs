using Cinnabar.Seal.Camera;

namespace Cinnabar.Seal.Tests.EndToEnd;

public sealed class SampleConfigurationTests
{
    [Fact]
    public void SampleInTheManual_IsAValidConfiguration()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "Cinnabar.slnx")))
        {
            root = root.Parent ?? throw new DirectoryNotFoundException("No Cinnabar.slnx above the tests.");
        }

        var manual = File.ReadAllText(Path.Combine(root.FullName, "docs", "operate", "seal.md"));
        var json = manual.Split("```json")[1].Split("```")[0];
        var folder = Directory.CreateTempSubdirectory("cinnabar-manual-").FullName;
        try
        {
            var path = Path.Combine(folder, "seal.json");
            File.WriteAllText(path, json);
            var options = SealOptions.Read(path);
            Assert.Equal(("d-0017", Path.Combine(folder, "keys")), (options.Device, options.Keys));
            Assert.Equal(("/dev/video0", CameraPower.Always, 20), (options.Camera!.Source, options.Camera.Powered, options.Camera.RingSeconds));
            Assert.Equal((30, 4 * 1024 * 1024), ((int)options.Journal.Retention.TotalDays, options.Journal.SegmentBytes));
            Assert.Equal(5, options.Inputs!.Mappings.Length);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
