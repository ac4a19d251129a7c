using System.Collections.Immutable;

namespace Cinnabar.Seal.Sensors;

/// <summary>An accelerometer of Linux' industrial I/O subsystem.</summary>
internal sealed record AccelerometerOptions
{
    /// <summary>Its folder, for instance <c>/sys/bus/iio/devices/iio:device0</c>.</summary>
    public required string Folder { get; init; }

    /// <summary>Its buffer node, for instance <c>/dev/iio:device0</c>, or a named pipe.</summary>
    public required string Node { get; init; }

    /// <summary>Name of this sensor in readings and facts.</summary>
    public string Sensor { get; init; } = "accelerometer";

    /// <summary>Samples a second asked of the sensor, 10…1600; impacts need 100 or more.</summary>
    public int SamplesPerSecond { get; init; } = 200;

    /// <summary>Trigger to attach (<c>trigger/current_trigger</c>), or null when the driver has its own.</summary>
    public string? Trigger { get; init; }

    /// <summary>Every rule broken, each as one sentence; empty when valid.</summary>
    public ImmutableArray<string> Errors()
    {
        var errors = ImmutableArray.CreateBuilder<string>();
        if (Folder.Length == 0 || Node.Length == 0 || Sensor.Length == 0)
        {
            errors.Add("Folder, Node and Sensor must not be empty");
        }

        if (SamplesPerSecond is < 10 or > 1_600)
        {
            errors.Add($"SamplesPerSecond is {SamplesPerSecond}, allowed 10…1600 a second");
        }

        return errors.ToImmutable();
    }
}
