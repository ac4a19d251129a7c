using System.Security.Cryptography;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Cose;
using Cinnabar.Evidence.Verification;
using Cinnabar.Seal.Journal;
using Cinnabar.Shared;

namespace Cinnabar.Seal.Tests.Journal;

public sealed class StatementDateTests : IDisposable
{
    private readonly ManualTime _time = new(new DateTimeOffset(2026, 3, 2, 1, 0, 0, TimeSpan.Zero));
    private readonly EcdsaSigningKey _key = new(ECDsa.Create(ECCurve.NamedCurves.nistP256));
    private readonly TestChain _folder = new();
    private readonly DeviceJournal _journal;
    private readonly StatementChainWriter _chain;

    public StatementDateTests()
    {
        _journal = DeviceJournal.Open(_folder.Folder, new JournalOptions(), _time);
        _chain = new StatementChainWriter(_journal, _key, "d-1", "S-1", new byte[8], _time);
    }

    [Fact]
    public void StatementWithoutAnEdge_IsDatedAtItsSigning() => Assert.Equal(0, AgeOf(null));

    [Theory]
    [InlineData(20, 20)]
    [InlineData(4_000, 4_000)]
    [InlineData(4_001, 0)]
    [InlineData(86_400_000, 0)]
    [InlineData(-1, 0)]
    public void Edge_IsTheDateUnlessItIsTooOldOrYetToCome(int edgeAgeMs, int dateAgeMs) =>
        Assert.Equal(dateAgeMs, AgeOf(_time.GetUtcNow().AddMilliseconds(-edgeAgeMs)));

    [Fact]
    public void NoEdge_IsDatedSoThatAVerifierTakesItForAClockTurnedBack()
    {
        var signed = _chain.State("siren.on", CborValue.EmptyMap);
        var oldest = Enumerable.Range(0, 200).Select(i => _chain.State("strip.cut", CborValue.EmptyMap, at: _time.GetUtcNow().AddMilliseconds(-100 * i)).TimeMs).Min();

        Assert.True(signed.TimeMs - oldest < DeviceClock.ReorderingMsMax);
    }

    public void Dispose()
    {
        _journal.Dispose();
        _key.Dispose();
        _folder.Dispose();
    }

    private long AgeOf(DateTimeOffset? edge) =>
        _time.GetUtcNow().ToUnixTimeMilliseconds() - _chain.State("strip.cut", CborValue.EmptyMap, at: edge).TimeMs;
}
