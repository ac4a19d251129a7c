using System.Security.Cryptography;
using Cinnabar.Evidence;
using Cinnabar.Evidence.Cbor;
using Cinnabar.Evidence.Cose;
using Cinnabar.Evidence.Statements;
using Cinnabar.Station.Console;

namespace Cinnabar.Station.Tests.Console;

public sealed class PendingStillsTests : IDisposable
{
    private static readonly Digest s_picture = Digest.Of("picture"u8);

    private readonly EcdsaSigningKey _key = new(ECDsa.Create(ECCurve.NamedCurves.nistP256));
    private readonly PendingStills _stills = new();

    // Found in the demo: the thumbnail of a cut came before its incident and was never shown.
    [Fact]
    public void PictureBeforeItsIncident_IsShownWhenTheIncidentComes()
    {
        Assert.Empty(_stills.Take(Still(), hasIncident: false));
        Assert.Empty(_stills.Take(Received(), hasIncident: false));
        Assert.Equal(s_picture, Assert.Single(_stills.Take(Fact("incident.opened"), hasIncident: true)).Hash);
    }

    [Fact]
    public void StatementBeforeItsPicture_IsShownWhenThePictureComes()
    {
        Assert.Empty(_stills.Take(Still(), hasIncident: true));
        Assert.Single(_stills.Take(Received(), hasIncident: true));
    }

    [Fact]
    public void PictureBeforeItsStatement_IsShownWhenTheStatementComes()
    {
        Assert.Empty(_stills.Take(Received(), hasIncident: true));
        Assert.Single(_stills.Take(Still(), hasIncident: true));
    }

    [Fact]
    public void Picture_IsShownOnce()
    {
        _stills.Take(Still(), hasIncident: true);
        _stills.Take(Received(), hasIncident: true);
        Assert.Empty(_stills.Take(Fact("incident.raised"), hasIncident: true));
    }

    [Fact]
    public void PicturesWithoutEnd_AreBounded()
    {
        for (var i = 0; i < 1000; i++)
        {
            _stills.Take(Still(), hasIncident: false);
        }

        _stills.Take(Received(), hasIncident: false);
        Assert.InRange(_stills.Take(Fact("incident.opened"), hasIncident: true).Count, 1, 64);
    }

    public void Dispose() => _key.Dispose();

    private Statement Still() => Fact("media.still", CborValue.EmptyMap, new HashedData(s_picture, "image/jpeg"));

    private Statement Received() => Fact("media.received", CborValue.Map(("hash", CborValue.Bytes(s_picture))));

    private Statement Fact(string kind, CborValue? body = null, HashedData? data = null) => new StatementDraft
    {
        Issuer = "device:door-1", Subject = "FT-1", Kind = kind, TimeMs = 1, Body = body ?? CborValue.EmptyMap, Data = data,
    }.Sign(_key);
}
