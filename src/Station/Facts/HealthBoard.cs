using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;

namespace Cinnabar.Station.Facts;

/// <summary>Where every part of the station says how it does; <c>/healthz</c> and the console read it.</summary>
/// <remarks>
/// A part reports when something changes, or gives a probe that is asked at each reading. A change of level is written to
/// the station's log once, however often it is reported. Safe for concurrent use.
/// </remarks>
internal sealed partial class HealthBoard(TimeProvider time, ILogger<HealthBoard>? logger = null)
{
    private readonly ConcurrentDictionary<string, PartHealth> _parts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Func<(HealthLevel Level, string Detail)>> _probes = new(StringComparer.Ordinal);
    private readonly ILogger _logger = logger ?? (ILogger)NullLogger.Instance;

    /// <summary>The clock that health is dated with, and that its reporters pause by.</summary>
    public TimeProvider Time => time;

    /// <summary>Every part, by name.</summary>
    public IReadOnlyList<PartHealth> Parts =>
        [.. _probes.Select(p => Ask(p.Key, p.Value)).Concat(_parts.Values).OrderBy(p => p.Part, StringComparer.Ordinal)];

    /// <summary>The level of the part that does worst: 503 at <see cref="HealthLevel.Failed"/>.</summary>
    public HealthLevel Worst => Parts.Select(p => p.Level).DefaultIfEmpty(HealthLevel.Good).Max();

    /// <summary>How a part does, in words: "ok", or why not; "ok" for one that never spoke.</summary>
    public string Sentence(string part) => Parts.FirstOrDefault(p => p.Part == part)?.Sentence ?? PartHealth.Ok;

    /// <summary>Says how a part does from now on.</summary>
    public void Report(string part, HealthLevel level, string detail = "")
    {
        var changed = true;
        _parts.AddOrUpdate(
            part,
            _ => new PartHealth(part, level, detail, time.GetUtcNow()),
            (_, before) =>
            {
                changed = before.Level != level;
                return before with { Level = level, Detail = detail, Since = changed ? time.GetUtcNow() : before.Since };
            });
        if (changed)
        {
            Announce(part, level, detail);
        }
    }

    /// <summary>Writes a change of a watched part to the station's log; a reported part does so by itself.</summary>
    public void Announce(string part, HealthLevel level, string detail) =>
        LogChange(_logger, level == HealthLevel.Good ? LogLevel.Information : LogLevel.Error, part, level, detail);

    /// <summary>Lets a part be asked at each reading; the probe answers at once and throws nothing.</summary>
    public void Watch(string part, Func<(HealthLevel Level, string Detail)> probe) => _probes[part] = probe;

    private PartHealth Ask(string part, Func<(HealthLevel Level, string Detail)> probe)
    {
        var (level, detail) = probe();
        return new PartHealth(part, level, detail, time.GetUtcNow());
    }

    [LoggerMessage(EventId = 1001, Message = "{Part} is {Level}. {Detail}")]
    private static partial void LogChange(ILogger logger, LogLevel logLevel, string part, HealthLevel level, string detail);
}
