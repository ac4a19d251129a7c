namespace Cinnabar.Station.Anchors;

/// <summary>The embedded engine; section "Anchors:Sqlite".</summary>
internal sealed class SqliteEngineOptions
{
    /// <summary>The engine's file. Courts of one machine may share one. None: <c>anchor-engine.db</c> in the data folder.</summary>
    public string File { get; set; } = "";
}
