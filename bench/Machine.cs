using System.Runtime.InteropServices;

namespace Cinnabar.Bench;

/// <summary>What the figures were measured on; stands in every result.</summary>
internal static class Machine
{
    public static object Describe() => new
    {
        Cores = Environment.ProcessorCount,
        MemoryGiB = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30,
        Processor = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim(),
        System = RuntimeInformation.OSDescription,
        Runtime = RuntimeInformation.FrameworkDescription,
    };
}
