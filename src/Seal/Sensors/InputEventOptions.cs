using System.Collections.Immutable;
using Cinnabar.Seal.Custody;

namespace Cinnabar.Seal.Sensors;

/// <summary>The input node of strip loop, door contact, cover, wall switch and approach sensor.</summary>
internal sealed record InputEventOptions
{
    /// <summary>Device node, best by its stable name under <c>/dev/input/by-path</c>, or a named pipe.</summary>
    public required string Path { get; init; }

    /// <summary>Name of this sensor in readings and facts.</summary>
    public string Sensor { get; init; } = "inputs";

    /// <summary>
    /// By default, as a gpio-keys device tree would declare them: BTN_TRIGGER_HAPPY1…3 pressed = strip cut,
    /// door open, off the wall; SW_MACHINE_COVER cleared = cover open (the kernel defines 1 as closed);
    /// SW_FRONT_PROXIMITY set = somebody is near (a PIR or proximity sensor).
    /// Contacts are expected to be debounced by the driver (<c>debounce-interval</c>).
    /// </summary>
    public ImmutableArray<InputMapping> Mappings { get; init; } =
    [
        new(SealInput.Strip, InputMapping.Key, 0x2c0, ActiveValue: 1),
        new(SealInput.Door, InputMapping.Key, 0x2c1, ActiveValue: 1),
        new(SealInput.Wall, InputMapping.Key, 0x2c2, ActiveValue: 1),
        new(SealInput.Cover, InputMapping.Switch, 0x10, ActiveValue: 0),
        new(SealInput.Approach, InputMapping.Switch, 0x0b, ActiveValue: 1),
    ];

    /// <summary>Every rule broken, each as one sentence; empty when valid.</summary>
    public ImmutableArray<string> Errors()
    {
        var errors = ImmutableArray.CreateBuilder<string>();
        if (Path.Length == 0 || Sensor.Length == 0)
        {
            errors.Add("Path and Sensor must not be empty");
        }

        foreach (var mapping in Mappings)
        {
            if (mapping.Type is not (InputMapping.Key or InputMapping.Switch) || mapping.Code > 0x2ff || mapping.ActiveValue is not (0 or 1))
            {
                errors.Add($"{mapping.Input} is type {mapping.Type}, code {mapping.Code}, active {mapping.ActiveValue}; allowed are type 1 or 5, code 0…767, active 0 or 1");
            }
        }

        if (Mappings.Select(mapping => (mapping.Type, mapping.Code)).Distinct().Count() != Mappings.Length)
        {
            errors.Add("two inputs share one event code");
        }

        return errors.ToImmutable();
    }
}
