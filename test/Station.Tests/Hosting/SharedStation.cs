namespace Cinnabar.Station.Tests.Hosting;

/// <summary>One station for the tests of a class, which run one after the other: each with a seal of its own, and eyes only for what came after its begin.</summary>
public class SharedStation : IAsyncLifetime
{
    private readonly (string Key, string Value)[] _settings;
    private TestStation _station = null!;

    public SharedStation()
        : this([])
    {
    }

    protected SharedStation(params (string Key, string Value)[] settings) => _settings = settings;

    public async ValueTask InitializeAsync() => _station = await TestStation.StartAsync(_settings);

    public async ValueTask DisposeAsync()
    {
        await _station.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    internal TestStation Begin()
    {
        _station.Begin();
        return _station;
    }
}
