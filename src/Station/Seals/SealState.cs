using Cinnabar.Registry.Periods;
using Cinnabar.Registry.States;

namespace Cinnabar.Station.Seals;

/// <summary>One seal as the facts in the log tell it. Immutable; <see cref="SealFacts"/> makes the next from it.</summary>
internal sealed record SealState
{
    public required string SealNumber { get; init; }

    public string CaseNumber { get; init; } = "";

    public SealCategory Category { get; init; } = SealCategory.Other;

    public DateOnly From { get; init; }

    public DateOnly Until { get; init; }

    /// <summary>Null for a number that devices speak of but no order names.</summary>
    public LegalState? Legal { get; init; }

    public Ruling? Ruling { get; init; }

    public string? DeviceId { get; init; }

    public Frame? Frame { get; init; }

    /// <summary>Hash of the newest picture, hex.</summary>
    public string? Still { get; init; }

    public long? StillMs { get; init; }

    /// <summary>The court stated that the private record is gone.</summary>
    public bool Erased { get; init; }

    /// <summary>A grant is being used: the door is open with permission.</summary>
    public bool Opening { get; init; }

    /// <summary>The station stated that heartbeats stopped.</summary>
    public bool Missed { get; init; }

    public int? Battery { get; init; }

    public bool? Mains { get; init; }

    public long SettingsVersion { get; init; }

    /// <summary>What the newest settings document wants, as <see cref="SealFacts.ContentOf"/>; null before the first.</summary>
    public string? Settings { get; init; }

    /// <summary>What the device said it applied.</summary>
    public long? ReportedSettingsVersion { get; init; }

    public Posture? Posture { get; init; }

    /// <summary>Newest last, at most <see cref="SealFacts.CommandsMax"/>.</summary>
    public IReadOnlyList<SentCommand> Commands { get; init; } = [];
}
